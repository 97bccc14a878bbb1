package io.github.cachemesh.testkit.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A key of an issuer: signs JSON Web Tokens, and shows itself as a JSON Web Key. Immutable. */
final class IssuerKey {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final String id;
  private final KeyPair pair;

  private IssuerKey(String id, KeyPair pair) {
    this.id = id;
    this.pair = pair;
  }

  static IssuerKey generate(String id) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return new IssuerKey(id, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String id() {
    return id;
  }

  PublicKey publicKey() {
    return pair.getPublic();
  }

  /** The header of this key's tokens, in GitHub's order. */
  Map<String, Object> header() {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "JWT");
    header.put("alg", "RS256");
    header.put("x5t", id);
    header.put("kid", id);
    return header;
  }

  Map<String, Object> jwk() {
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kty", "RSA");
    jwk.put("alg", "RS256");
    jwk.put("use", "sig");
    jwk.put("kid", id);
    jwk.put("n", BASE64URL.encodeToString(magnitude(key.getModulus().toByteArray())));
    jwk.put("e", BASE64URL.encodeToString(magnitude(key.getPublicExponent().toByteArray())));
    return jwk;
  }

  /** A token with those claims, signed as the header's algorithm says. */
  String token(Map<String, Object> header, Map<String, Object> claims) {
    String content = content(header, claims);
    byte[] signature =
        sign(String.valueOf(header.get("alg")), content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64url(signature);
  }

  static String content(Map<String, Object> header, Map<String, Object> claims) {
    JsonMapper json = JsonMapper.shared();
    return base64url(json.writeValueAsBytes(header))
        + "."
        + base64url(json.writeValueAsBytes(claims));
  }

  static String base64url(byte[] bytes) {
    return BASE64URL.encodeToString(bytes);
  }

  private byte[] sign(String algorithm, byte[] content) {
    try {
      Signature signature =
          switch (algorithm) {
            case "RS384" -> Signature.getInstance("SHA384withRSA");
            case "RS512" -> Signature.getInstance("SHA512withRSA");
            case "PS256" -> pss();
            default -> Signature.getInstance("SHA256withRSA");
          };
      signature.initSign(pair.getPrivate());
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Signature pss() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("RSASSA-PSS");
    signature.setParameter(
        new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    return signature;
  }

  /** Without the zero that keeps a number positive. */
  private static byte[] magnitude(byte[] number) {
    return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
  }
}
