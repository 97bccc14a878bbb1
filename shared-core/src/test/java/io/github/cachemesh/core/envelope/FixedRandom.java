package io.github.cachemesh.core.envelope;

import java.security.SecureRandom;

/** Gives the bytes that a vector was made with, over and over. */
final class FixedRandom extends SecureRandom {
  private final byte[] given;

  FixedRandom(byte... given) {
    this.given = given;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = given[i % given.length];
    }
  }
}
