package io.github.cachemesh.core.service;

import java.util.List;
import java.util.Optional;

/** Why one grant does not give a credential to a job: the first thing that differs. */
sealed interface Objection {
  /** Id of the grant. */
  String grant();

  /** It is for other credentials. */
  record OtherName(String grant, List<Glob> names) implements Objection {
    @Override
    public String toString() {
      return "grant %s: it names %s".formatted(grant, names);
    }
  }

  /** It is for other jobs. */
  record OtherClaim(String grant, Claim claim, List<String> wanted, Optional<String> found)
      implements Objection {
    @Override
    public String toString() {
      return "grant %s: %s is %s, wanted %s"
          .formatted(grant, claim.word(), found.orElse("not in the token"), wanted);
    }
  }
}
