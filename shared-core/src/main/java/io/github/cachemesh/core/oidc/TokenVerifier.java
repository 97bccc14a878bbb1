package io.github.cachemesh.core.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.cachemesh.core.oidc.Verification.Accepted;
import io.github.cachemesh.core.oidc.Verification.Denied;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells whether a token was signed by GitHub, for this audience, for now. Neither the algorithm,
 * nor the key's place, nor the issuer is taken from the token. Thread-safe; blocks while keys are
 * fetched.
 */
public final class TokenVerifier {
  private static final int MAX_TOKEN_LENGTH = TokenClaims.MAX_LENGTH;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)");

  private final TokenRules rules;
  private final IssuerKeys keys;
  private final InstantSource clock;

  /** Verifies by those rules with those keys. */
  public TokenVerifier(TokenRules rules, IssuerKeys keys, InstantSource clock) {
    this.rules = rules;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * Verifies a token of at most 16 KiB as somebody sent it.
   *
   * @param audience what {@code aud} must say, to the letter
   * @throws IllegalArgumentException when the audience is empty
   */
  public Verification verify(String token, String audience) {
    if (audience.isEmpty()) {
      throw new IllegalArgumentException("tokens are for an audience");
    }
    try {
      TokenClaims claims = TokenClaims.read(payload(token));
      return new Accepted(checked(claims, audience, clock.instant()));
    } catch (KeysUnavailableException e) {
      return new Denied(Denial.KEYS_UNAVAILABLE, String.valueOf(e.getMessage()));
    } catch (DeniedException e) {
      return e.denied();
    }
  }

  /** What the issuer signed. */
  private String payload(String token) throws DeniedException, KeysUnavailableException {
    JWSObject signed = parsed(token);
    RSAPublicKey key = key(signed.getHeader());
    try {
      if (!signed.verify(new RSASSAVerifier(key))) {
        throw new DeniedException(
            Denial.SIGNATURE, "the token's signature is not by the issuer's key that it names");
      }
    } catch (JOSEException _) {
      throw new DeniedException(Denial.SIGNATURE, "the token's signature cannot be verified");
    }
    return signed.getPayload().toString();
  }

  private static JWSObject parsed(String token) throws DeniedException {
    if (token.length() > MAX_TOKEN_LENGTH || !FORM.matcher(token).matches()) {
      throw malformed();
    }
    try {
      Base64URL[] parts = JWSObject.split(token);
      Map<String, Object> header = JSONObjectUtils.parse(parts[0].decodeToString());
      if (!JWSAlgorithm.RS256.getName().equals(JSONObjectUtils.getString(header, "alg"))) {
        throw new DeniedException(Denial.ALGORITHM, "the token is not signed by RS256");
      }
      return new JWSObject(parts[0], parts[1], parts[2]);
    } catch (ParseException | RuntimeException _) {
      // The library throws many things at headers that nobody sane makes; all quote the token.
      throw malformed();
    }
  }

  private RSAPublicKey key(JWSHeader header) throws DeniedException, KeysUnavailableException {
    if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
      throw new DeniedException(
          Denial.MALFORMED, "the token demands an extension that GitHub's have not");
    }
    String keyId = header.getKeyID();
    if (keyId == null || keyId.isEmpty()) {
      throw new DeniedException(Denial.KEY_ID, "the token names no key");
    }
    return keys.find(keyId)
        .orElseThrow(
            () ->
                new DeniedException(
                    Denial.KEY_ID, "the issuer " + rules.issuer() + " has no key of that id"));
  }

  private VerifiedToken checked(TokenClaims claims, String audience, Instant now)
      throws DeniedException {
    if (!claims.issuer().equals(rules.issuer())) {
      throw new DeniedException(
          Denial.ISSUER, "the token's issuer is not " + rules.issuer() + ", which is configured");
    }
    if (!claims.audience().equals(audience)) {
      throw new DeniedException(
          Denial.AUDIENCE, "the token was made for another audience than " + audience);
    }
    Instant expires = claims.expires().plus(rules.skew());
    if (!expires.isAfter(now)) {
      throw new DeniedException(
          Denial.EXPIRED, "the token's time is over: ask for one for each request");
    }
    if (claims.notBefore().isAfter(now.plus(rules.skew()))
        || claims.issued().isAfter(now.plus(rules.skew()))) {
      throw new DeniedException(
          Denial.NOT_YET_VALID, "the token's time has not begun: see whether this clock is right");
    }
    Instant tooOld = claims.issued().plus(rules.maxAge()).plus(rules.skew());
    if (!tooOld.isAfter(now)) {
      throw new DeniedException(
          Denial.TOO_OLD,
          "the token was issued more than %s ago: ask for one for each request"
              .formatted(rules.maxAge()));
    }
    return new VerifiedToken(claims, expires.isBefore(tooOld) ? expires : tooOld);
  }

  private static DeniedException malformed() {
    return new DeniedException(
        Denial.MALFORMED, "not a signed JWT of at most %d characters".formatted(MAX_TOKEN_LENGTH));
  }
}
