package io.github.cachemesh.core.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.Test;

class WycheproofTest {

  @Test
  void aesGcm() throws Exception {
    assertThat(Wycheproof.treat("aes_gcm", WycheproofTest::aesGcm))
        .isEqualTo(
            Map.of(
                "valid: sealed and opened",
                39,
                "invalid: refused",
                27,
                "by design: key of 128 or 192 bits refused",
                211,
                "by design: nonce of other than 96 bits refused",
                39));
  }

  private static String aesGcm(Wycheproof.Vector vector) {
    byte[] key = vector.bytes("key");
    if (key.length != Key.BYTES) {
      assertThatIllegalArgumentException().isThrownBy(() -> KeyKind.DATA.of(key));
      return "by design: key of 128 or 192 bits refused";
    }
    byte[] nonce = vector.bytes("iv");
    byte[] box = Arrays.concatenate(nonce, vector.bytes("ct"), vector.bytes("tag"));
    try (SecretBytes secret = new SecretBytes(key)) {
      Optional<byte[]> opened = open(secret, box, vector.bytes("aad"));
      if (nonce.length != Sealed.NONCE_BYTES) {
        assertThat(opened).isEmpty();
        return "by design: nonce of other than 96 bits refused";
      }
      if (!vector.valid()) {
        assertThat(opened).isEmpty();
        return "invalid: refused";
      }
      byte[] content = vector.bytes("msg");
      assertThat(opened).hasValue(content);
      assertThat(AesGcm.seal(secret, content, vector.bytes("aad"), new FixedRandom(nonce)).bytes())
          .isEqualTo(box);
      return "valid: sealed and opened";
    }
  }

  private static Optional<byte[]> open(SecretBytes key, byte[] box, byte[] aad) {
    try {
      return Optional.of(AesGcm.open(key, Sealed.of(box), aad, "the vector"));
    } catch (EnvelopeException _) {
      return Optional.empty();
    }
  }

  @Test
  void hkdf() throws Exception {
    assertThat(Wycheproof.treat("hkdf_sha256", WycheproofTest::hkdf))
        .isEqualTo(Map.of("valid: derived", 83, "invalid: refused", 3));
  }

  private static String hkdf(Wycheproof.Vector vector) {
    byte[] salt = vector.bytes("salt");
    byte[] info = vector.bytes("info");
    int size = vector.number("size");
    try (SecretBytes input = new SecretBytes(vector.bytes("ikm"))) {
      if (!vector.valid()) {
        assertThatIllegalArgumentException().isThrownBy(() -> Hkdf.derive(input, salt, info, size));
        return "invalid: refused";
      }
      assertThat(Hkdf.derive(input, salt, info, size)).isEqualTo(vector.bytes("okm"));
      return "valid: derived";
    }
  }

  @Test
  void hmac() throws Exception {
    assertThat(Wycheproof.treat("hmac_sha256", WycheproofTest::hmac))
        .isEqualTo(
            Map.of(
                "valid: verifies",
                27,
                "invalid: does not verify",
                54,
                "by design: key of 128 or 520 bits refused",
                12,
                "by design: tag of 128 bits does not verify",
                81));
  }

  private static String hmac(Wycheproof.Vector vector) {
    if (vector.bits("keySize") != Key.BYTES * Byte.SIZE) {
      assertThatIllegalArgumentException().isThrownBy(() -> KeyKind.MAC.of(vector.bytes("key")));
      return "by design: key of 128 or 520 bits refused";
    }
    try (MacKey key = KeyKind.MAC.of(vector.bytes("key"))) {
      boolean verifies = key.verifies(vector.bytes("msg"), vector.bytes("tag"));
      if (vector.bits("tagSize") != MacKey.TAG_BYTES * Byte.SIZE) {
        assertThat(verifies).isFalse();
        return "by design: tag of 128 bits does not verify";
      }
      assertThat(verifies).isEqualTo(vector.valid());
      return vector.valid() ? "valid: verifies" : "invalid: does not verify";
    }
  }

  /** The bounds of the parameters, which all these vectors are below, are checked before. */
  @Test
  void pbkdf2() throws Exception {
    assertThat(Wycheproof.treat("pbkdf2_hmacsha256", WycheproofTest::pbkdf2))
        .isEqualTo(Map.of("valid: derived", 43, "valid: derived from what is not UTF-8", 17));
  }

  private static String pbkdf2(Wycheproof.Vector vector) {
    int iterations = vector.number("iterationCount");
    assertThatExceptionOfType(EnvelopeException.class)
        .isThrownBy(() -> PassphraseKdf.parse("$pbkdf2-sha256$i=" + iterations))
        .returns(Fault.OUT_OF_BOUNDS, EnvelopeException::fault);
    assertThat(
            Stretching.pbkdf2(
                vector.bytes("password"), vector.bytes("salt"), iterations, vector.number("dkLen")))
        .isEqualTo(vector.bytes("dk"));
    return vector.hasFlag("NonUtf8") ? "valid: derived from what is not UTF-8" : "valid: derived";
  }

  /**
   * RFC 5649, in which key services hand over keys. Our own wraps are bound to a place, which it
   * cannot do, so that none of its boxes is one of ours.
   */
  @Test
  void aesKwp() throws Exception {
    assertThat(Wycheproof.treat("aes_kwp", WycheproofTest::aesKwp))
        .isEqualTo(
            Map.of(
                "valid: wrapped and unwrapped by the JDK; refused as a wrap of ours",
                77,
                "invalid: refused by the JDK; refused as a wrap of ours",
                177));
  }

  private static String aesKwp(Wycheproof.Vector vector) {
    byte[] wrapped = vector.bytes("ct");
    assertThat(unwrapsAsOurs(vector.bytes("key"), wrapped)).isFalse();
    if (!vector.valid()) {
      assertThatExceptionOfType(GeneralSecurityException.class)
          .isThrownBy(() -> kwp(Cipher.DECRYPT_MODE, vector.bytes("key"), wrapped));
      return "invalid: refused by the JDK; refused as a wrap of ours";
    }
    try {
      assertThat(kwp(Cipher.DECRYPT_MODE, vector.bytes("key"), wrapped))
          .isEqualTo(vector.bytes("msg"));
      assertThat(kwp(Cipher.ENCRYPT_MODE, vector.bytes("key"), vector.bytes("msg")))
          .isEqualTo(wrapped);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    return "valid: wrapped and unwrapped by the JDK; refused as a wrap of ours";
  }

  private static boolean unwrapsAsOurs(byte[] key, byte[] wrapped) {
    try (KeyEncryptionKey ours = KeyKind.KEY_ENCRYPTION.of(key)) {
      var _ = ours.unwrap(new Wrap(ours.id(), Sealed.of(wrapped)), Aad.none(), KeyKind.DATA);
      return true;
    } catch (EnvelopeException | IllegalArgumentException _) {
      return false;
    }
  }

  private static byte[] kwp(int mode, byte[] key, byte[] input) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/KWP/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"));
    return cipher.doFinal(input);
  }
}
