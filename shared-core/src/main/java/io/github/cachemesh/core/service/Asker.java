package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.TokenClaims;

/** How the audit log names those who ask, in at most {@value #MAX_LENGTH} characters. */
final class Asker {
  private static final int MAX_LENGTH = 300;

  private Asker() {}

  /** Of whom nothing is proven but where the connection comes from. */
  static String stranger(String address) {
    return "unverified from " + address;
  }

  static String job(TokenClaims claims) {
    String text =
        "run %d of repository %d (%s), %s on %s"
            .formatted(
                claims.runId(),
                claims.repositoryId(),
                claims.repository(),
                claims.eventName(),
                claims.ref());
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
  }
}
