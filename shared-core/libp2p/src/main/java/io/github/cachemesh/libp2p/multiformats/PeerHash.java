package io.github.cachemesh.libp2p.multiformats;

/**
 * Which multihashes are peer ids, and their text ({@code peer-ids/peer-ids.md} of libp2p/specs): a
 * whole SHA-256, or an identity hash of 1 to {@link #MAX_INLINE_BYTES} bytes.
 */
public final class PeerHash {
  /** The longest encoded key that is its own hash. */
  public static final int MAX_INLINE_BYTES = 42;

  private static final int SHA256_BYTES = 32;

  private PeerHash() {}

  /**
   * Reads either text form: base58btc, or a CID of a libp2p key in any base.
   *
   * @throws IllegalArgumentException if it is malformed or no peer's
   */
  public static Multihash parse(String text) {
    if (text.startsWith("1") || text.startsWith("Qm")) {
      return require(Multihash.of(Base.BASE58BTC.decode(text)));
    }
    Cid cid = Cid.parse(text);
    if (cid.codec() != Cid.LIBP2P_KEY) {
      throw new IllegalArgumentException(
          "CID of codec 0x%x is not a peer id".formatted(cid.codec()));
    }
    return require(cid.hash());
  }

  /**
   * Gives {@code hash} back if it may be a peer's.
   *
   * @throws IllegalArgumentException if it may not
   */
  public static Multihash require(Multihash hash) {
    int length = hash.digest().length;
    boolean sha256 = hash.code() == Multihash.SHA2_256 && length == SHA256_BYTES;
    boolean inline = hash.code() == Multihash.IDENTITY && length > 0 && length <= MAX_INLINE_BYTES;
    if (!sha256 && !inline) {
      throw new IllegalArgumentException(
          "peer id is neither a SHA-256 nor an identity multihash of 1 to 42 bytes");
    }
    return hash;
  }
}
