package io.github.cachemesh.libp2p.identity;

import java.util.Arrays;

/**
 * A peer's public key: it is a point or a number that is right for its type, and it has exactly one
 * encoding. Immutable and thread-safe.
 */
public final class PublicKey {
  /** The longest encoding that is read; an RSA key of 8192 bits takes 1,066 bytes. */
  public static final int MAX_ENCODED_BYTES = 2048;

  private final KeyType type;
  private final byte[] raw;
  private final byte[] encoded;
  private final PeerId peerId;
  private final Verifier verifier;

  PublicKey(KeyType type, byte[] raw, Verifier verifier) {
    this.type = type;
    this.raw = raw;
    this.encoded = new KeyMessage(type, raw).encoded();
    this.peerId = PeerId.ofKey(encoded);
    this.verifier = verifier;
  }

  /**
   * Reads libp2p's message of a public key.
   *
   * @throws IllegalArgumentException if it is malformed, not in its one encoding, or no key that
   *     may be used
   */
  public static PublicKey decode(byte[] encoded) {
    KeyMessage message = KeyMessage.decode("PublicKey", encoded, MAX_ENCODED_BYTES);
    return switch (message.type()) {
      case RSA -> RsaKeys.publicKey(message.data());
      case ED25519 -> Ed25519Keys.publicKey(message.data());
      case SECP256K1 -> Secp256k1Keys.publicKey(message.data());
      case ECDSA -> EcdsaKeys.publicKey(message.data());
    };
  }

  public KeyType type() {
    return type;
  }

  /** The key's data in the form of its type, without libp2p's message around it. */
  public byte[] raw() {
    return raw.clone();
  }

  /** Libp2p's message of the key. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** The id of the peer whose key this is. */
  public PeerId peerId() {
    return peerId;
  }

  /** Whether {@code signature} is this key's of {@code message}; never throws. */
  public boolean verify(byte[] message, byte[] signature) {
    return verifier.verify(message, signature);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  @Override
  public String toString() {
    return type + " key of " + peerId();
  }
}
