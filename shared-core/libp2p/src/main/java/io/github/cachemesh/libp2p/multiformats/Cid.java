package io.github.cachemesh.libp2p.multiformats;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A content identifier: the multihash of a content and the codec that the content is in.
 *
 * <p>Version 0 is always a SHA-256 of dag-pb and stays what it was when read; what this class makes
 * is version 1.
 *
 * @param version 0 or 1
 * @param codec the content's code in the table of multicodec
 */
public record Cid(int version, long codec, Multihash hash) {
  public static final long RAW = 0x55;
  public static final long DAG_PB = 0x70;
  public static final long LIBP2P_KEY = 0x72;

  private static final int VERSION_0_BYTES = 34;
  private static final int VERSION_0_CHARACTERS = 46;

  public Cid {
    switch (version) {
      case 0 -> {
        if (codec != DAG_PB || !isSha256(hash)) {
          throw new IllegalArgumentException("CID of version 0 is a SHA-256 of dag-pb");
        }
      }
      case 1 -> Varint.size(codec);
      default -> throw new IllegalArgumentException("CID version " + version + ", known are 0, 1");
    }
  }

  public static Cid v1(long codec, Multihash hash) {
    return new Cid(1, codec, hash);
  }

  /**
   * Reads the text of a CID: version 0 in base58btc, version 1 in any multibase.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Cid parse(String text) {
    if (text.length() == VERSION_0_CHARACTERS && text.startsWith("Qm")) {
      return decode(Base.BASE58BTC.decode(text));
    }
    Cid cid = decode(Multibase.decode(text));
    if (cid.version == 0) {
      throw new IllegalArgumentException("CID of version 0 has no multibase prefix");
    }
    return cid;
  }

  /**
   * Reads a CID that takes the whole of {@code bytes}.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static Cid decode(byte[] bytes) {
    if (bytes.length == VERSION_0_BYTES && bytes[0] == Multihash.SHA2_256 && bytes[1] == 32) {
      return new Cid(0, DAG_PB, Multihash.of(bytes));
    }
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      long version = Varint.read(in);
      if (version != 1) {
        throw new IllegalArgumentException("CID version " + version + ", known are 0 and 1");
      }
      long codec = Varint.read(in);
      return v1(codec, Multihash.of(Arrays.copyOfRange(bytes, in.position(), bytes.length)));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("CID ends within its header", e);
    }
  }

  public byte[] bytes() {
    byte[] hashBytes = hash.bytes();
    if (version == 0) {
      return hashBytes;
    }
    ByteBuffer out =
        ByteBuffer.allocate(Varint.size(version) + Varint.size(codec) + hashBytes.length);
    Varint.write(version, out);
    Varint.write(codec, out);
    return out.put(hashBytes).array();
  }

  /** Version 0 in base58btc, version 1 in multibase's base32. */
  @Override
  public String toString() {
    return version == 0 ? Base.BASE58BTC.encode(bytes()) : Multibase.encode(Base.BASE32, bytes());
  }

  private static boolean isSha256(Multihash hash) {
    return hash.code() == Multihash.SHA2_256 && hash.digest().length == 32;
  }
}
