package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names principals by HMAC-SHA256 of their credential under a key that belongs to one store, so
 * that a name neither reveals the token nor links it to another store.
 *
 * <p>The scheme is stripped: {@code token X}, {@code Bearer X} and Basic with the password {@code
 * X} are one principal. Cookies are credentials too and are part of the name. Thread-safe.
 */
public final class PrincipalNaming {
  private static final int NAME_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * @param key at least 16 bytes, kept with the store
   */
  public PrincipalNaming(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException(
          "a principal key has at least 16 bytes, not " + key.length);
    }
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  public Principal of(Fields request) {
    // Every line counts: which of several GitHub takes is not ours to guess.
    String authorization =
        request.all("Authorization").stream()
            .map(PrincipalNaming::credential)
            .collect(Collectors.joining("\n"));
    String cookie = String.join("; ", request.all("Cookie"));
    if (authorization.isEmpty() && cookie.isEmpty()) {
      return Principal.ANONYMOUS;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(authorization.getBytes(UTF_8));
      mac.update((byte) 0);
      byte[] hash = mac.doFinal(cookie.getBytes(UTF_8));
      return new Principal(HexFormat.of().formatHex(hash, 0, NAME_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static String credential(String authorization) {
    String value = authorization.strip();
    int space = value.indexOf(' ');
    if (space < 0) {
      return value;
    }
    String scheme = value.substring(0, space).toLowerCase(Locale.ROOT);
    String rest = value.substring(space + 1).strip();
    return switch (scheme) {
      case "token", "bearer" -> rest;
      case "basic" -> password(rest);
      default -> value;
    };
  }

  private static String password(String basic) {
    try {
      String pair = new String(Base64.getDecoder().decode(basic), ISO_8859_1);
      int colon = pair.indexOf(':');
      String user = colon < 0 ? pair : pair.substring(0, colon);
      String password = colon < 0 ? "" : pair.substring(colon + 1);
      // GitHub takes a token in either place: `token:x-oauth-basic` and `user:token`.
      return password.isEmpty() || password.equals("x-oauth-basic") ? user : password;
    } catch (IllegalArgumentException e) {
      return basic;
    }
  }
}
