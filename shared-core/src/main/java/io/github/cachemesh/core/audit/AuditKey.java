package io.github.cachemesh.core.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.envelope.RootKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/** The key of a log. Whoever has it can check the log, and could write another. */
public final class AuditKey {
  /** The longest text. */
  public static final int MAX_TEXT_BYTES = 1024;

  private static final byte[] PREFIX = "cachemesh-audit-key:".getBytes(US_ASCII);

  private AuditKey() {}

  /**
   * The key of the log that goes with a root key; the caller closes it.
   *
   * @param root of one host or service; it may serve for other purposes too
   */
  public static MacKey of(RootKey root) {
    return root.derive(KeyKind.MAC, Aad.of("cachemesh audit 1"));
  }

  /** The text of a fresh key, of one line with its end; the caller zeroes it. */
  public static byte[] freshText(SecureRandom random) {
    byte[] secret = new byte[RootKey.BYTES];
    random.nextBytes(secret);
    byte[] encoded = Base64.getUrlEncoder().withoutPadding().encode(secret);
    byte[] text =
        ByteBuffer.allocate(PREFIX.length + encoded.length + 1)
            .put(PREFIX)
            .put(encoded)
            .put((byte) '\n')
            .array();
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(encoded, (byte) 0);
    return text;
  }

  /**
   * The key that {@link #freshText} wrote; the caller closes it.
   *
   * @param text at most {@link #MAX_TEXT_BYTES}; stays the caller's, who zeroes it
   * @throws IllegalArgumentException when it is none; the message quotes nothing of it
   */
  public static MacKey parse(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] <= ' ') {
      end--;
    }
    byte[] secret = {};
    byte[] encoded = {};
    try {
      if (end < PREFIX.length || !Arrays.equals(text, 0, PREFIX.length, PREFIX, 0, PREFIX.length)) {
        throw new IllegalArgumentException("it begins otherwise");
      }
      encoded = Arrays.copyOfRange(text, PREFIX.length, end);
      secret = Base64.getUrlDecoder().decode(encoded);
      try (RootKey root = KeyKind.ROOT.of(secret)) {
        return of(root);
      }
    } catch (IllegalArgumentException _) {
      // What the decoder says may quote the key.
      throw new IllegalArgumentException(
          "no key of an audit log, which is cachemesh-audit-key:SECRET as cachemesh credentials"
              + " audit init made it");
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(encoded, (byte) 0);
    }
  }
}
