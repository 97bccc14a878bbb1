package io.github.cachemesh.libp2p.identity;

import io.github.cachemesh.libp2p.multiformats.Base;
import io.github.cachemesh.libp2p.multiformats.Cid;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.Multihash;
import io.github.cachemesh.libp2p.multiformats.PeerHash;
import java.util.Optional;

/**
 * The name of a peer: the multihash of its encoded public key, identity up to {@link
 * PeerHash#MAX_INLINE_BYTES} bytes and SHA-256 above ({@code peer-ids/peer-ids.md}).
 *
 * <p>Immutable. An id that was read may be of no key at all, which shows when a peer has to prove
 * it.
 */
public final class PeerId {
  private final Multihash hash;

  private PeerId(Multihash hash) {
    this.hash = PeerHash.require(hash);
  }

  public static PeerId of(PublicKey key) {
    return key.peerId();
  }

  static PeerId ofKey(byte[] encoded) {
    return new PeerId(
        encoded.length <= PeerHash.MAX_INLINE_BYTES
            ? Multihash.identity(encoded)
            : Multihash.sha256(encoded));
  }

  /**
   * The id that is this multihash.
   *
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
    return new PeerId(PeerHash.parse(text));
  }

  /**
   * Reads the multihash that is the id's binary form.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  public static PeerId decode(byte[] bytes) {
    return new PeerId(Multihash.of(bytes));
  }

  /** The peer that an address leads to; see {@link Multiaddr#peer}. */
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
