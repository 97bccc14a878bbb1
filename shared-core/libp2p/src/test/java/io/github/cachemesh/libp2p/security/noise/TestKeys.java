package io.github.cachemesh.libp2p.security.noise;

import java.security.SecureRandom;

/** Keys that served no test before: the JDK's cipher refuses to begin a message twice in a row. */
final class TestKeys {
  private static final SecureRandom RANDOM = new SecureRandom();

  private TestKeys() {}

  static byte[] fresh() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    return key;
  }
}
