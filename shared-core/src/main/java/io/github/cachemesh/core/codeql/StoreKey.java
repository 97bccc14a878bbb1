package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * The secret under which results are stored, as the keys that are derived from it (HKDF-SHA256, RFC
 * 5869), one for each purpose. Immutable.
 */
public final class StoreKey {
  /** The shortest text that a key is made from. */
  public static final int MIN_CHARACTERS = 32;

  private static final byte[] SALT = "cachemesh codeql store 1".getBytes(UTF_8);

  private final SecretKey sealing;
  private final SecretKey naming;

  private StoreKey(SecretKey sealing, SecretKey naming) {
    this.sealing = sealing;
    this.naming = naming;
  }

  /**
   * @param text at least {@link #MIN_CHARACTERS} characters; surrounding white space does not count
   * @throws IllegalArgumentException when it is shorter; the message does not quote it
   */
  public static StoreKey of(String text) {
    String secret = text.strip();
    if (secret.codePointCount(0, secret.length()) < MIN_CHARACTERS) {
      throw new IllegalArgumentException(
          "store-key has less than %d characters: make one with openssl rand -hex 32"
              .formatted(MIN_CHARACTERS));
    }
    byte[] input = secret.getBytes(UTF_8);
    return new StoreKey(derive(input, "AES", "seal"), derive(input, "HmacSHA256", "name"));
  }

  private static SecretKey derive(byte[] input, String algorithm, String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(input)
                  .addSalt(SALT)
                  .thenExpand(purpose.getBytes(UTF_8), 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF-SHA256", e);
    }
  }

  SecretKey sealing() {
    return sealing;
  }

  SecretKey naming() {
    return naming;
  }

  @Override
  public String toString() {
    return "StoreKey";
  }
}
