package io.github.cachemesh.core.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of a JWKS (RFC 7517) that RS256 may be verified with, each under its id: at most {@value
 * #MAX_KEYS} of 2,048 to 8,192 bits. Immutable.
 */
final class KeySet {
  private static final int MAX_KEYS = 64;
  private static final int MIN_BITS = 2_048;
  private static final int MAX_BITS = 8_192;
  private static final int MAX_EXPONENT_BITS = 64;

  private final Map<String, RSAPublicKey> keys;

  private KeySet(Map<String, RSAPublicKey> keys) {
    this.keys = Map.copyOf(keys);
  }

  /**
   * @throws ParseException when it is no JWKS, has no such key, too many, or two of one id
   */
  static KeySet parse(String json) throws ParseException {
    Map<String, RSAPublicKey> keys = new HashMap<>();
    for (JWK jwk : JWKSet.parse(json).getKeys()) {
      if (jwk instanceof RSAKey key && signsByRs256(key)) {
        if (keys.size() == MAX_KEYS) {
          throw new ParseException("more than %d keys".formatted(MAX_KEYS), 0);
        }
        if (keys.put(key.getKeyID(), publicKey(key)) != null) {
          throw new ParseException("two keys of one id", 0);
        }
      }
    }
    if (keys.isEmpty()) {
      throw new ParseException("no key for RS256 of %d bits or more".formatted(MIN_BITS), 0);
    }
    return new KeySet(keys);
  }

  Optional<RSAPublicKey> find(String keyId) {
    return Optional.ofNullable(keys.get(keyId));
  }

  private static boolean signsByRs256(RSAKey key) {
    int bits = key.size();
    return key.getKeyID() != null
        && !key.getKeyID().isEmpty()
        && (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
        && (key.getAlgorithm() == null || key.getAlgorithm().equals(JWSAlgorithm.RS256))
        && bits >= MIN_BITS
        && bits <= MAX_BITS;
  }

  private static RSAPublicKey publicKey(RSAKey key) throws ParseException {
    RSAPublicKey publicKey;
    try {
      publicKey = key.toRSAPublicKey();
    } catch (JOSEException e) {
      throw new ParseException("a key that is no RSA key", 0);
    }
    // An exponent of 1 would let anybody sign, and a huge one would cost us much.
    if (!publicKey.getPublicExponent().testBit(0)
        || publicKey.getPublicExponent().bitLength() < 2
        || publicKey.getPublicExponent().bitLength() > MAX_EXPONENT_BITS) {
      throw new ParseException("a key whose exponent is none of RSA's", 0);
    }
    return publicKey;
  }
}
