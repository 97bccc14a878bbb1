package io.github.cachemesh.core.service;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** A credential that the service granted, until it is closed, which zeroes it. Thread-safe. */
public final class GrantedCredential implements AutoCloseable {
  private final String name;
  private final byte[] value;
  private final Export export;
  private final Instant expires;
  private final String grant;
  private final Optional<Lease> lease;

  /**
   * @param value not used by the caller any more
   */
  GrantedCredential(
      String name,
      byte[] value,
      Export export,
      Instant expires,
      String grant,
      Optional<Lease> lease) {
    this.name = name;
    this.value = value;
    this.export = export;
    this.expires = expires;
    this.grant = grant;
    this.lease = lease;
  }

  /** One of the names that were asked for. */
  public String name() {
    return name;
  }

  /** A copy of the value, which the caller zeroes. */
  public synchronized byte[] value() {
    return value.clone();
  }

  /** Of the value, in bytes. */
  int length() {
    return value.length;
  }

  /** Where the policy wants it. */
  public Export export() {
    return export;
  }

  /** Until when it may be used: a minted one ends then, a stored one is only not meant to be. */
  public Instant expires() {
    return expires;
  }

  /** The id of the policy's grant that it comes by. */
  public String grant() {
    return grant;
  }

  /** What gives it back; empty for a stored value, which nothing can take back. */
  public Optional<Lease> lease() {
    return lease;
  }

  @Override
  public synchronized void close() {
    Arrays.fill(value, (byte) 0);
  }

  @Override
  public String toString() {
    return "GrantedCredential[" + name + "]";
  }
}
