package io.github.cachemesh.core.envelope;

/**
 * A secret of 32 bytes that serves one purpose, its {@link KeyKind}. Closing it zeroes it; using it
 * afterwards throws {@link IllegalStateException}. Thread-safe; two keys are equal only when they
 * are the same object.
 */
public abstract sealed class Key implements AutoCloseable
    permits RootKey, KeyEncryptionKey, DataKey, MacKey, SigningKey {
  /** How long every key is. */
  public static final int BYTES = 32;

  private final SecretBytes secret;

  /**
   * @param owned {@link #BYTES} that the caller does not use any more
   */
  Key(byte[] owned) {
    this.secret = new SecretBytes(owned);
  }

  abstract KeyKind<?> kind();

  final SecretBytes secret() {
    return secret;
  }

  @Override
  public final void close() {
    secret.close();
  }

  @Override
  public final String toString() {
    return kind().toString();
  }
}
