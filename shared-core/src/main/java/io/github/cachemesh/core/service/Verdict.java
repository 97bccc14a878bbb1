package io.github.cachemesh.core.service;

import java.util.List;

/** What a policy says about one credential for one job. */
sealed interface Verdict {
  /**
   * What the grants say that do not give it.
   *
   * @return all those before the one that gives it, in their order; at most {@link
   *     PolicyReader#MAX_GRANTS}
   */
  List<Objection> objections();

  /** The first grant that gives it decides. */
  record Given(Grant grant, List<Objection> objections) implements Verdict {}

  /** No grant gives it. */
  record Refused(List<Objection> objections) implements Verdict {
    /** In one line, from the grants that name the credential, if any does. */
    String reason() {
      List<String> near =
          objections.stream()
              .filter(Objection.OtherClaim.class::isInstance)
              .map(Objection::toString)
              .toList();
      return near.isEmpty() ? "no grant names it" : String.join("; ", near);
    }
  }
}
