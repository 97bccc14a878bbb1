package io.github.cachemesh.libp2p.identity;

import java.security.SecureRandom;

/**
 * A peer's private key with the public key that belongs to it. Immutable and thread-safe; nothing
 * secret leaves it but by {@link #encoded}.
 */
public final class PrivateKey {
  /** The longest encoding that is read; an RSA key of 8192 bits takes some 4,700 bytes. */
  public static final int MAX_ENCODED_BYTES = 8192;

  private final KeyMessage message;
  private final PublicKey publicKey;
  private final Signer signer;

  /**
   * @param raw the key's data in the form of its type, of which the key becomes the owner
   */
  PrivateKey(byte[] raw, PublicKey publicKey, Signer signer) {
    this.message = new KeyMessage(publicKey.type(), raw);
    this.publicKey = publicKey;
    this.signer = signer;
  }

  /** A new key by the JDK's strong default randomness; of 2048 bits if RSA. */
  public static PrivateKey generate(KeyType type) {
    return generate(type, new SecureRandom());
  }

  /** A new key by {@code random}; of 2048 bits if RSA. */
  public static PrivateKey generate(KeyType type, SecureRandom random) {
    return switch (type) {
      case RSA -> RsaKeys.generate(random);
      case ED25519 -> Ed25519Keys.generate(random);
      case SECP256K1 -> Secp256k1Keys.generate(random);
      case ECDSA -> EcdsaKeys.generate(random);
    };
  }

  /**
   * Reads libp2p's message of a private key.
   *
   * @throws IllegalArgumentException if it is malformed, or no key that may be used
   */
  public static PrivateKey decode(byte[] encoded) {
    KeyMessage message = KeyMessage.decode("PrivateKey", encoded, MAX_ENCODED_BYTES);
    return switch (message.type()) {
      case RSA -> RsaKeys.privateKey(message.data());
      case ED25519 -> Ed25519Keys.privateKey(message.data());
      case SECP256K1 -> Secp256k1Keys.privateKey(message.data());
      case ECDSA -> EcdsaKeys.privateKey(message.data());
    };
  }

  public KeyType type() {
    return publicKey.type();
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  public PeerId peerId() {
    return publicKey.peerId();
  }

  public byte[] sign(byte[] message) {
    return signer.sign(message);
  }

  /** The key's data in the form of its type, which is secret. */
  byte[] raw() {
    return message.data();
  }

  /** Libp2p's message of the key, which is secret. */
  public byte[] encoded() {
    return message.encoded();
  }

  /** Two private keys are equal if their public keys are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof PrivateKey that && publicKey.equals(that.publicKey);
  }

  @Override
  public int hashCode() {
    return publicKey.hashCode();
  }

  @Override
  public String toString() {
    return "private " + publicKey;
  }
}
