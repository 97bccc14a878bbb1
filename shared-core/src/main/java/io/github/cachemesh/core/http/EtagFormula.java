package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The ETag that GitHub gives a body for a caller: hex of SHA-256 over {@code value + ":"} of each
 * Accept, Authorization and Cookie line that the request carries and {@code Vary} names, then the
 * uncompressed body.
 *
 * <p>GitHub does not document it, so {@link FormulaTrust} checks it against every 200.
 */
public final class EtagFormula {
  /** The body of an empty list. */
  static final byte[] EMPTY_LIST = {'[', ']'};

  private EtagFormula() {}

  /** The opaque part of the tag. */
  public static String compute(Vary vary, Fields request, byte[] body) {
    MessageDigest sha256 = sha256();
    for (Vary.Input input : Vary.Input.values()) {
      if (vary.inputs().contains(input)) {
        for (String value : request.all(input.fieldName())) {
          sha256.update(value.getBytes(ISO_8859_1));
          sha256.update((byte) ':');
        }
      }
    }
    return HexFormat.of().formatHex(sha256.digest(body));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
