package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The form of a stored file, of which nothing but lengths can be read without its key:
 *
 * <pre>
 *  8  "cachscan"
 *  4  version, 1
 *  4  length of the sealed head, at most {@link #MAX_HEAD_BYTES} and {@link #OVERHEAD_BYTES}
 *  4  length of the sealed body, at most {@link #MAX_BODY_BYTES} and {@link #OVERHEAD_BYTES}
 *     sealed head, sealed body
 * </pre>
 *
 * Numbers are big-endian. Each part is a random nonce of 96 bits, the AES-256-GCM ciphertext and
 * its tag of 128 bits; what it is bound to is the 20 bytes above, which part it is, the repository
 * and the file's name.
 */
final class SealedFile {
  static final int MAX_HEAD_BYTES = 1 << 20;

  /** What GitHub's upload takes. */
  static final int MAX_BODY_BYTES = 10 << 20;

  static final int PREAMBLE_BYTES = 20;
  static final int NONCE_BYTES = 12;
  static final int TAG_BITS = 128;
  static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BITS / 8;

  static final int MAX_FILE_BYTES =
      PREAMBLE_BYTES + MAX_HEAD_BYTES + MAX_BODY_BYTES + 2 * OVERHEAD_BYTES;

  private static final byte[] MAGIC = "cachscan".getBytes(US_ASCII);
  private static final int VERSION = 1;

  /** The parts, by the byte that tells them apart. */
  private enum Part {
    HEAD,
    BODY
  }

  private final StoreKey key;
  private final long repositoryId;
  private final SecureRandom random;

  SealedFile(StoreKey key, long repositoryId, SecureRandom random) {
    this.key = key;
    this.repositoryId = repositoryId;
    this.random = random;
  }

  /**
   * @throws IllegalArgumentException when a part is too long
   */
  ByteBuffer seal(String name, byte[] head, byte[] body) {
    if (head.length > MAX_HEAD_BYTES || body.length > MAX_BODY_BYTES) {
      throw new IllegalArgumentException(
          "a scan of %d and %d bytes is too large to be stored; %d and %d are allowed"
              .formatted(head.length, body.length, MAX_HEAD_BYTES, MAX_BODY_BYTES));
    }
    int headLength = head.length + OVERHEAD_BYTES;
    int bodyLength = body.length + OVERHEAD_BYTES;
    ByteBuffer file = ByteBuffer.allocate(PREAMBLE_BYTES + headLength + bodyLength);
    file.put(MAGIC).putInt(VERSION).putInt(headLength).putInt(bodyLength);
    byte[] preamble = Arrays.copyOf(file.array(), PREAMBLE_BYTES);
    seal(file, preamble, Part.HEAD, name, head);
    seal(file, preamble, Part.BODY, name, body);
    return file.flip();
  }

  private void seal(ByteBuffer file, byte[] preamble, Part part, String name, byte[] content) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    file.put(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, preamble, part, name);
      int _ = cipher.doFinal(ByteBuffer.wrap(content), file);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM seals whatever it is given", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] preamble, Part part, String name)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(preamble);
    cipher.updateAAD(
        ByteBuffer.allocate(1 + Long.BYTES)
            .put((byte) part.ordinal())
            .putLong(repositoryId)
            .flip());
    cipher.updateAAD(name.getBytes(US_ASCII));
    return cipher;
  }

  /**
   * How long the beginning of a file is that holds its head, or empty when it is no such file.
   *
   * @param preamble the first {@link #PREAMBLE_BYTES}, or fewer in a shorter file
   */
  static Optional<Integer> headEnd(byte[] preamble, long fileBytes) {
    if (preamble.length < PREAMBLE_BYTES) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(preamble);
    byte[] magic = new byte[MAGIC.length];
    fields.get(magic);
    int version = fields.getInt();
    int headLength = fields.getInt();
    int bodyLength = fields.getInt();
    boolean whole =
        Arrays.equals(magic, MAGIC)
            && version == VERSION
            && headLength >= OVERHEAD_BYTES
            && headLength <= MAX_HEAD_BYTES + OVERHEAD_BYTES
            && bodyLength >= OVERHEAD_BYTES
            && bodyLength <= MAX_BODY_BYTES + OVERHEAD_BYTES
            && fileBytes == (long) PREAMBLE_BYTES + headLength + bodyLength;
    return whole ? Optional.of(PREAMBLE_BYTES + headLength) : Optional.empty();
  }

  /**
   * Opens the head.
   *
   * @param beginning of the file, as long as {@link #headEnd} says
   */
  Optional<byte[]> head(String name, byte[] beginning) {
    return open(name, beginning, Part.HEAD, PREAMBLE_BYTES, beginning.length - PREAMBLE_BYTES);
  }

  /** Opens the body of a whole file. */
  Optional<byte[]> body(String name, byte[] file) {
    return headEnd(Arrays.copyOf(file, Math.min(file.length, PREAMBLE_BYTES)), file.length)
        .flatMap(start -> open(name, file, Part.BODY, start, file.length - start));
  }

  private Optional<byte[]> open(String name, byte[] file, Part part, int start, int length) {
    byte[] nonce = Arrays.copyOfRange(file, start, start + NONCE_BYTES);
    byte[] preamble = Arrays.copyOf(file, PREAMBLE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, nonce, preamble, part, name);
      return Optional.of(cipher.doFinal(file, start + NONCE_BYTES, length - NONCE_BYTES));
    } catch (GeneralSecurityException _) {
      return Optional.empty();
    }
  }
}
