package io.github.cachemesh.libp2p.identity;

import io.github.cachemesh.libp2p.multiformats.Base;
import io.github.cachemesh.libp2p.multiformats.Cid;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.Multihash;
import java.util.Optional;

/**
 * The name of a peer: the multihash of its encoded public key, identity up to {@link
 * #MAX_INLINE_KEY_BYTES} bytes and SHA-256 above ({@code peer-ids/peer-ids.md}).
 *
 * <p>Immutable. An id that was read may be of no key at all, which shows when a peer has to prove
 * it.
 */
public final class PeerId {
  /** The longest encoded key that is its own hash. */
  public static final int MAX_INLINE_KEY_BYTES = 42;

  private static final int SHA256_BYTES = 32;

  private final Multihash hash;

  private PeerId(Multihash hash) {
    int length = hash.digest().length;
    boolean sha256 = hash.code() == Multihash.SHA2_256 && length == SHA256_BYTES;
    boolean identity =
        hash.code() == Multihash.IDENTITY && length > 0 && length <= MAX_INLINE_KEY_BYTES;
    if (!sha256 && !identity) {
      throw new IllegalArgumentException(
          "peer id is neither a SHA-256 nor an identity multihash of at most 42 bytes");
    }
    this.hash = hash;
  }

  public static PeerId of(PublicKey key) {
    byte[] encoded = key.encoded();
    return new PeerId(
        encoded.length <= MAX_INLINE_KEY_BYTES
            ? Multihash.identity(encoded)
            : Multihash.sha256(encoded));
  }

  /**
   * @throws IllegalArgumentException if the hash is not a peer id's
   */
  public static PeerId of(Multihash hash) {
    return new PeerId(hash);
  }

  /**
   * Reads either text form: base58btc, or a CID of a libp2p key.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static PeerId parse(String text) {
    if (text.startsWith("1") || text.startsWith("Qm")) {
      return decode(Base.BASE58BTC.decode(text));
    }
    Cid cid = Cid.parse(text);
    if (cid.codec() != Cid.LIBP2P_KEY) {
      throw new IllegalArgumentException(
          "CID of codec 0x%x is not a peer id".formatted(cid.codec()));
    }
    return new PeerId(cid.hash());
  }

  /**
   * Reads the multihash that is the id's binary form.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static PeerId decode(byte[] bytes) {
    return new PeerId(Multihash.of(bytes));
  }

  /**
   * The peer that an address leads to; see {@link Multiaddr#peer}.
   *
   * @throws IllegalArgumentException if the address ends with a {@code p2p} that no peer can have
   */
  public static Optional<PeerId> in(Multiaddr address) {
    return address.peer().map(PeerId::new);
  }

  public Multihash multihash() {
    return hash;
  }

  public byte[] bytes() {
    return hash.bytes();
  }

  public String toBase58() {
    return Base.BASE58BTC.encode(bytes());
  }

  public Cid toCid() {
    return Cid.v1(Cid.LIBP2P_KEY, hash);
  }

  /** The key, if the id holds it: Ed25519 and secp256k1 keys are short enough. */
  public Optional<PublicKey> publicKey() {
    if (hash.code() != Multihash.IDENTITY) {
      return Optional.empty();
    }
    try {
      return Optional.of(PublicKey.decode(hash.digest()));
    } catch (IllegalArgumentException _) {
      return Optional.empty(); // Some other bytes were put into an identity hash.
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerId that && hash.equals(that.hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }

  /** The id in base58btc. */
  @Override
  public String toString() {
    return toBase58();
  }
}
