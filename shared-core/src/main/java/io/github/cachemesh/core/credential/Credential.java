package io.github.cachemesh.core.credential;

import java.time.Instant;
import java.util.Arrays;

/**
 * A value with what is known of it. Closing it zeroes the value; asking for it afterwards throws
 * {@link IllegalStateException}. Thread-safe.
 */
public final class Credential implements AutoCloseable {
  /** The longest value. */
  public static final int MAX_VALUE_BYTES = 1 << 20;

  private final CredentialId id;
  private final int version;
  private final Instant created;
  private final Expiry expires;
  private final byte[] value;
  private boolean closed;

  /**
   * @param owned not used by the caller any more
   */
  Credential(CredentialId id, int version, Instant created, Expiry expires, byte[] owned) {
    this.id = id;
    this.version = version;
    this.created = created;
    this.expires = expires;
    this.value = owned;
  }

  public CredentialId id() {
    return id;
  }

  /** From 1. */
  public int version() {
    return version;
  }

  /** When this version was written. */
  public Instant created() {
    return created;
  }

  public Expiry expires() {
    return expires;
  }

  /** The secret; a copy, which the caller zeroes. */
  public synchronized byte[] value() {
    if (closed) {
      throw new IllegalStateException("the credential was closed");
    }
    return value.clone();
  }

  @Override
  public synchronized void close() {
    Arrays.fill(value, (byte) 0);
    closed = true;
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Credential[%s, version %d]".formatted(id, version);
  }
}
