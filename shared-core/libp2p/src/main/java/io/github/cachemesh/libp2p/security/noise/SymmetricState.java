package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The hash of all that a handshake's ends have said and the key made of all that they share (Noise
 * revision 34, section 5.2). For one thread at a time.
 */
final class SymmetricState {
  static final String PROTOCOL_NAME = "Noise_XX_25519_ChaChaPoly_SHA256";

  private static final int HASH_BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  // Looked up once a handshake: that costs as much as the hashes do.
  private final MessageDigest digest;
  private final Mac hmac;
  private byte[] hash;
  private byte[] chainingKey;
  private @Nullable CipherState cipher;

  SymmetricState() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
      hmac = Mac.getInstance(HMAC);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    hash = PROTOCOL_NAME.getBytes(US_ASCII); // Exactly as long as a hash, so not hashed.
    chainingKey = hash;
  }

  /** Tells apart this handshake from all others, once it is over. */
  byte[] hash() {
    return hash.clone();
  }

  void mixHash(byte[] data) {
    digest.update(hash);
    hash = digest.digest(data);
  }

  void mixKey(byte[] secret) {
    byte[] keys = derive(secret);
    chainingKey = Arrays.copyOf(keys, HASH_BYTES);
    cipher = new CipherState(Arrays.copyOfRange(keys, HASH_BYTES, 2 * HASH_BYTES));
  }

  /** Encrypts, once there is a key. */
  byte[] encryptAndHash(byte[] plaintext) {
    byte[] message = plaintext;
    if (cipher != null) {
      try {
        message = cipher.encrypt(hash, plaintext);
      } catch (NonceExhaustedException e) {
        throw new IllegalStateException("a handshake has three messages", e);
      }
    }
    mixHash(message);
    return message;
  }

  /** Decrypts, once there is a key. */
  byte[] decryptAndHash(byte[] message) throws AEADBadTagException {
    byte[] plaintext = message;
    if (cipher != null) {
      try {
        plaintext = cipher.decrypt(hash, message);
      } catch (NonceExhaustedException e) {
        throw new IllegalStateException("a handshake has three messages", e);
      }
    }
    mixHash(message);
    return plaintext;
  }

  /** How many bytes encryption adds by now. */
  int tagBytes() {
    return cipher == null ? 0 : CipherState.TAG_BYTES;
  }

  /** The keys after the handshake: the initiator's for sending, and the responder's. */
  CipherState[] split() {
    byte[] keys = derive(new byte[0]);
    return new CipherState[] {
      new CipherState(Arrays.copyOf(keys, HASH_BYTES)),
      new CipherState(Arrays.copyOfRange(keys, HASH_BYTES, 2 * HASH_BYTES))
    };
  }

  /** HKDF with two outputs (section 4.3). */
  private byte[] derive(byte[] secret) {
    try {
      hmac.init(new SecretKeySpec(chainingKey, HMAC));
      hmac.init(new SecretKeySpec(hmac.doFinal(secret), HMAC));
      byte[] keys = new byte[2 * HASH_BYTES];
      hmac.update((byte) 1);
      hmac.doFinal(keys, 0);
      hmac.update(keys, 0, HASH_BYTES);
      hmac.update((byte) 2);
      hmac.doFinal(keys, HASH_BYTES);
      return keys;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK refused a key or a buffer of the right length", e);
    }
  }
}
