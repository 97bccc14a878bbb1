package io.github.cachemesh.core.service;

import io.github.cachemesh.core.github.AppGrant;
import io.github.cachemesh.core.oidc.TokenClaims;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One grant of a policy: to whom it gives what, from where, for how long and how. Immutable.
 *
 * @param id by which logs and people name it
 * @param who each claim that is named must have one of its values
 * @param what names of credentials; one exact name where an App mints it
 * @param lasts for how long the job is meant to use the value
 * @param app what the GitHub App mints; empty for a value of the store
 */
record Grant(
    String id,
    Map<Claim, List<String>> who,
    List<Glob> what,
    Duration lasts,
    Export export,
    Optional<AppGrant> app) {
  Grant {
    Map<Claim, List<String>> claims = new EnumMap<>(Claim.class);
    who.forEach((claim, values) -> claims.put(claim, List.copyOf(values)));
    who = Collections.unmodifiableMap(claims);
    what = List.copyOf(what);
  }

  boolean names(String credential) {
    return what.stream().anyMatch(glob -> glob.matches(credential));
  }

  /** Why this grant does not give that credential to that job; empty when it does. */
  Optional<Objection> objection(TokenClaims claims, String credential) {
    return names(credential) ? objection(claims) : Optional.of(new Objection.OtherName(id, what));
  }

  /** Why this grant gives that job nothing; empty when it does. */
  Optional<Objection> objection(TokenClaims claims) {
    for (Map.Entry<Claim, List<String>> wanted : who.entrySet()) {
      Claim claim = wanted.getKey();
      Optional<String> found = claim.of(claims);
      if (found.filter(value -> matchesAny(claim, wanted.getValue(), value)).isEmpty()) {
        return Optional.of(new Objection.OtherClaim(id, claim, wanted.getValue(), found));
      }
    }
    return Optional.empty();
  }

  private static boolean matchesAny(Claim claim, List<String> wanted, String found) {
    return wanted.stream().anyMatch(one -> claim.matches(one, found));
  }
}
