package io.github.cachemesh.core.envelope;

import org.bouncycastle.crypto.hpke.HPKE;

/**
 * The one suite of HPKE (RFC 9180) in use: base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
 * AES-256-GCM, one message a context. A box is the encapsulated key and the ciphertext.
 */
final class Hpke {
  static final int KEY_BYTES = 32;
  static final int OVERHEAD_BYTES = KEY_BYTES + Sealed.TAG_BYTES;

  private Hpke() {}

  static HPKE suite() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }
}
