package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What an App signs to show who it is, checked as GitHub checks it, with GitHub's words. */
final class AppJwt {
  private static final Duration MAX_LIFE = Duration.ofMinutes(10);
  private static final String UNDECODABLE = "A JSON web token could not be decoded";

  private final String content;
  private final byte[] signature;
  private final JsonNode header;
  private final JsonNode claims;

  private AppJwt(String content, byte[] signature, JsonNode header, JsonNode claims) {
    this.content = content;
    this.signature = signature;
    this.header = header;
    this.claims = claims;
  }

  /** Reads it; empty when it is something else. */
  static Optional<AppJwt> parse(String credential) {
    String[] parts = credential.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AppJwt(
              parts[0] + "." + parts[1],
              Base64.getUrlDecoder().decode(parts[2]),
              Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[0])),
              Json.MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]))));
    } catch (IllegalArgumentException | JacksonException noJwt) {
      return Optional.empty();
    }
  }

  /** The App's id or client id. */
  String issuer() {
    return claims.path("iss").asString("");
  }

  /** Why GitHub does not take it; empty when it does. */
  Optional<String> problem(PublicKey key, Instant now) {
    if (!header.path("alg").asString("").equals("RS256") || !verifies(key)) {
      return Optional.of(UNDECODABLE);
    }
    JsonNode issued = claims.path("iat");
    JsonNode expires = claims.path("exp");
    if (!issued.isIntegralNumber() || issued.longValue() > now.getEpochSecond()) {
      return Optional.of(
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion"
              + " was issued");
    }
    if (!expires.isIntegralNumber() || expires.longValue() <= now.getEpochSecond()) {
      return Optional.of(
          "'Expiration time' claim ('exp') must be a numeric value representing the future time"
              + " at which the assertion expires");
    }
    return expires.longValue() > now.plus(MAX_LIFE).getEpochSecond()
        ? Optional.of("'Expiration time' claim ('exp') is too far in the future")
        : Optional.empty();
  }

  private boolean verifies(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(key);
      verifier.update(content.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException notOfThisKey) {
      return false;
    }
  }
}
