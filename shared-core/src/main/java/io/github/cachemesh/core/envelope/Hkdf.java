package io.github.cachemesh.core.envelope;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA256 (RFC 5869). */
final class Hkdf {
  private Hkdf() {}

  /**
   * @return what the caller zeroes
   * @throws IllegalArgumentException when the length is not one that HKDF can give, 1 to 8,160
   */
  static byte[] derive(SecretKey input, byte[] salt, byte[] info, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract().addIKM(input).addSalt(salt).thenExpand(info, length));
    } catch (InvalidAlgorithmParameterException e) {
      throw new IllegalArgumentException("HKDF gives no %d bytes".formatted(length), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }
}
