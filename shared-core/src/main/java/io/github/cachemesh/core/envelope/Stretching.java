package io.github.cachemesh.core.envelope;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The work of the passphrase KDFs, without their bounds. */
final class Stretching {
  private Stretching() {}

  static Argon2Parameters.Builder parameters(int memoryKib, int passes, int lanes, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memoryKib)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt);
  }

  /** Argon2id, by Bouncy Castle. */
  static byte[] argon2id(Argon2Parameters parameters, byte[] passphrase, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] output = new byte[length];
    generator.generateBytes(passphrase, output);
    return output;
  }

  /**
   * PBKDF2-HMAC-SHA256, by the JDK's HMAC: its own PBKDF2 takes characters only, and so no password
   * that is not UTF-8.
   */
  static byte[] pbkdf2(byte[] passphrase, byte[] salt, int iterations, int length) {
    // An HMAC pads its key with zeros, so that one zero is no byte; the JDK refuses an empty key.
    try (SecretBytes key =
        new SecretBytes(passphrase.length == 0 ? new byte[1] : passphrase.clone())) {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(key);
      ByteBuffer output = ByteBuffer.allocate(length);
      for (int block = 1; output.hasRemaining(); block++) {
        byte[] sum = block(hmac, salt, block, iterations);
        output.put(sum, 0, Math.min(sum.length, output.remaining()));
        Arrays.fill(sum, (byte) 0);
      }
      return output.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** F of RFC 8018, 5.2. */
  private static byte[] block(Mac hmac, byte[] salt, int block, int iterations)
      throws GeneralSecurityException {
    hmac.update(salt);
    byte[] last = hmac.doFinal(ByteBuffer.allocate(Integer.BYTES).putInt(block).array());
    byte[] sum = last.clone();
    for (int iteration = 1; iteration < iterations; iteration++) {
      hmac.update(last);
      hmac.doFinal(last, 0);
      for (int i = 0; i < sum.length; i++) {
        sum[i] ^= last[i];
      }
    }
    Arrays.fill(last, (byte) 0);
    return sum;
  }
}
