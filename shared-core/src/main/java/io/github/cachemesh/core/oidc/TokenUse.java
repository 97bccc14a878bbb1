package io.github.cachemesh.core.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** One caller's wish to use a token, and what came of it. Thread-safe. */
final class TokenUse {
  private final String name;
  private final Instant acceptedUntil;
  private final CompletableFuture<Admission> outcome = new CompletableFuture<>();

  TokenUse(VerifiedToken token) {
    this.name = name(token.claims().id());
    this.acceptedUntil = token.acceptedUntil();
  }

  /** 43 characters of base64url, by which a record knows the token whatever its id looks like. */
  String name() {
    return name;
  }

  Instant acceptedUntil() {
    return acceptedUntil;
  }

  /** The first decision stands. */
  void decide(Admission decided) {
    outcome.complete(decided);
  }

  /** Waits for the decision, whatever interrupts. */
  Admission outcome() {
    return outcome.join();
  }

  private static String name(String tokenId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(tokenId.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
