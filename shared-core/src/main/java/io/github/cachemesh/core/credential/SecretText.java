package io.github.cachemesh.core.credential;

import java.util.Arrays;

/** Bytes of a secret, zeroed on close. Thread-safe. */
final class SecretText implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  /**
   * @param owned not used by the caller any more
   */
  SecretText(byte[] owned) {
    this.bytes = owned;
  }

  /**
   * What the caller zeroes.
   *
   * @throws IllegalStateException after {@link #close}
   */
  synchronized byte[] copy() {
    if (closed) {
      throw new IllegalStateException("the secret was closed");
    }
    return bytes.clone();
  }

  @Override
  public synchronized void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }

  @Override
  public String toString() {
    return "SecretText";
  }
}
