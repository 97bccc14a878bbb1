package io.github.cachemesh.core.envelope;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * AES-256-GCM with random nonces of 96 bits and tags of 128 bits, and no others (NIST SP 800-38D).
 * One key may seal 2^32 boxes.
 */
final class AesGcm {
  private AesGcm() {}

  /**
   * @throws IllegalArgumentException when the content is longer than {@link
   *     Sealed#MAX_CONTENT_BYTES}
   */
  static Sealed seal(SecretBytes key, byte[] content, byte[] aad, SecureRandom random) {
    if (content.length > Sealed.MAX_CONTENT_BYTES) {
      throw new IllegalArgumentException(
          "a box of %d bytes cannot be sealed; %d are allowed"
              .formatted(content.length, Sealed.MAX_CONTENT_BYTES));
    }
    byte[] nonce = SecretBytes.random(Sealed.NONCE_BYTES, random);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, aad).doFinal(content);
      return new Sealed(
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM seals whatever it is given", e);
    }
  }

  /**
   * @param what is in the box, for the message
   * @return what the caller zeroes
   */
  static byte[] open(SecretBytes key, Sealed box, byte[] aad, String what)
      throws EnvelopeException {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, box.nonce(), aad).doFinal(box.ciphertextAndTag());
    } catch (AEADBadTagException _) {
      throw new EnvelopeException(
          Fault.NOT_AUTHENTIC,
          what
              + " does not open: it was changed or moved, or the key is not the one it was"
              + " sealed with");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM opens whatever has a tag", e);
    }
  }

  private static Cipher cipher(int mode, SecretBytes key, byte[] nonce, byte[] aad)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(Sealed.TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(aad);
    return cipher;
  }
}
