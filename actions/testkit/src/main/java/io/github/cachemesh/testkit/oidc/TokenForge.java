package io.github.cachemesh.testkit.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tokens that differ from a good one in exactly one thing. Those that the issuer could have made
 * are signed by its key. Thread-safe.
 */
public final class TokenForge {
  private final IssuerKey key;
  private final Map<String, Object> header;
  private final Map<String, Object> claims;

  TokenForge(IssuerKey key, Map<String, Object> claims) {
    this.key = key;
    this.header = key.header();
    this.claims = Map.copyOf(claims);
  }

  /** The good one. */
  public String good() {
    return key.token(header, sorted());
  }

  /** A claim of the good one, such as {@code iat}. */
  public Object claim(String name) {
    Object value = claims.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The good token has no claim " + name);
    }
    return value;
  }

  /** Another value of a claim. */
  public String with(String claim, Object value) {
    Map<String, Object> changed = sorted();
    changed.put(claim, value);
    return key.token(header, changed);
  }

  /** Without a claim. */
  public String without(String claim) {
    Map<String, Object> changed = sorted();
    changed.remove(claim);
    return key.token(header, changed);
  }

  /** Another value of a member of the header; an algorithm of RSA's is then signed by. */
  public String withHeader(String member, Object value) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.put(member, value);
    return key.token(changed, sorted());
  }

  /** Without a member of the header. */
  public String withoutHeader(String member) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.remove(member);
    return key.token(changed, sorted());
  }

  /** With the algorithm {@code none} and no signature. */
  public String unsigned() {
    return IssuerKey.content(algorithm("none"), sorted()) + ".";
  }

  /** Signed by HS256 with the public key's PEM text, which everybody knows, for a secret. */
  public String signedWithPublicKey() {
    String content = IssuerKey.content(algorithm("HS256"), sorted());
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.publicKey().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(pem.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
      return content + "." + IssuerKey.base64url(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signed by a key that is not the issuer's, under the id of one that is. */
  public String signedByAnotherKey() {
    return IssuerKey.generate(key.id()).token(header, sorted());
  }

  /** With one bit of the signature changed. */
  public String withDamagedSignature() {
    String good = good();
    int start = good.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(good.substring(start));
    signature[signature.length / 2] ^= 1;
    return good.substring(0, start) + IssuerKey.base64url(signature);
  }

  /** With a claim changed after the signature was made. */
  public String alteredAfterSigning(String claim, Object value) {
    Map<String, Object> changed = sorted();
    changed.put(claim, value);
    String good = good();
    return IssuerKey.content(header, changed) + good.substring(good.lastIndexOf('.'));
  }

  private Map<String, Object> algorithm(String algorithm) {
    Map<String, Object> changed = new LinkedHashMap<>(header);
    changed.put("alg", algorithm);
    return changed;
  }

  private Map<String, Object> sorted() {
    return new TreeMap<>(claims);
  }
}
