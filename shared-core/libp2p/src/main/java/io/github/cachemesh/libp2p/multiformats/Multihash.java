package io.github.cachemesh.libp2p.multiformats;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A digest that names its hash function: code, length, digest of at most {@link #MAX_DIGEST_BYTES}.
 *
 * <p>Immutable. Digests of unknown functions are carried as they are; digests of SHA-2 may be
 * truncated, as the specification allows, but not longer than the function gives.
 */
public final class Multihash {
  /** The digest is the content itself. */
  public static final long IDENTITY = 0x00;

  public static final long SHA2_256 = 0x12;
  public static final long SHA2_512 = 0x13;

  /** The longest digest that is read. */
  public static final int MAX_DIGEST_BYTES = 128;

  private final long code;
  private final byte[] digest;

  /**
   * @throws IllegalArgumentException if the digest is longer than {@link #MAX_DIGEST_BYTES} or than
   *     what the hash function gives
   */
  public Multihash(long code, byte[] digest) {
    int bound = code == SHA2_256 ? 32 : code == SHA2_512 ? 64 : MAX_DIGEST_BYTES;
    if (digest.length > bound) {
      throw new IllegalArgumentException(
          "multihash digest of %d bytes, at most %d for code 0x%x"
              .formatted(digest.length, bound, code));
    }
    this.code = code;
    this.digest = digest.clone();
  }

  public static Multihash identity(byte[] content) {
    return new Multihash(IDENTITY, content);
  }

  public static Multihash sha256(byte[] content) {
    try {
      return new Multihash(SHA2_256, MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Reads a multihash that takes the whole of {@code bytes}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Multihash of(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      long code = Varint.read(in);
      long length = Varint.read(in);
      if (length != in.remaining()) {
        throw new IllegalArgumentException(
            "multihash says %d bytes of digest and has %d".formatted(length, in.remaining()));
      }
      return new Multihash(code, Arrays.copyOfRange(bytes, in.position(), bytes.length));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("multihash ends within its header", e);
    }
  }

  /** The code of the hash function in the table of multicodec. */
  public long code() {
    return code;
  }

  public byte[] digest() {
    return digest.clone();
  }

  public byte[] bytes() {
    ByteBuffer out =
        ByteBuffer.allocate(Varint.size(code) + Varint.size(digest.length) + digest.length);
    Varint.write(code, out);
    Varint.write(digest.length, out);
    return out.put(digest).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Multihash that
        && code == that.code
        && Arrays.equals(digest, that.digest);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(code) + Arrays.hashCode(digest);
  }

  /** The multihash in base58btc. */
  @Override
  public String toString() {
    return Base.BASE58BTC.encode(bytes());
  }
}
