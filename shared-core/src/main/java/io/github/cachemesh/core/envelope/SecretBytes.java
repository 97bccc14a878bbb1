package io.github.cachemesh.core.envelope;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * The one array that holds a secret, zeroed on close, in the form that the JDK's ciphers take; its
 * own {@code SecretKeySpec} cannot be destroyed. Thread-safe.
 */
final class SecretBytes implements SecretKey, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private boolean destroyed;

  /**
   * @param owned not used by the caller any more
   */
  SecretBytes(byte[] owned) {
    this.bytes = owned;
  }

  static byte[] random(int length, SecureRandom random) {
    byte[] fresh = new byte[length];
    random.nextBytes(fresh);
    return fresh;
  }

  /**
   * A copy, which the caller zeroes.
   *
   * @throws IllegalStateException after {@link #close}
   */
  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("the secret was closed");
    }
    return bytes.clone();
  }

  /** The name that AES asks for; HMAC and HKDF take any. */
  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(bytes, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public void close() {
    destroy();
  }

  @Override
  public String toString() {
    return "SecretBytes";
  }
}
