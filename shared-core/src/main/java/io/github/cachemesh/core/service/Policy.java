package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who is given what: nobody anything but by a grant, and where several give the same credential,
 * the first one counts. Immutable; deciding does no input or output.
 */
record Policy(List<Grant> grants) {
  Policy {
    grants = List.copyOf(grants);
  }

  /**
   * Decides about one credential.
   *
   * @param claims of a verified token; of any other the verdict is only a rehearsal
   */
  Verdict decide(TokenClaims claims, String credential) {
    List<Objection> objections = new ArrayList<>();
    for (Grant grant : grants) {
      Optional<Objection> objection = grant.objection(claims, credential);
      if (objection.isEmpty()) {
        return new Verdict.Given(grant, List.copyOf(objections));
      }
      objections.add(objection.get());
    }
    return new Verdict.Refused(List.copyOf(objections));
  }
}
