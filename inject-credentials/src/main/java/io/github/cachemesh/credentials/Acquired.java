package io.github.cachemesh.credentials;

import io.github.cachemesh.core.service.Export;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A credential that the job may have. Closing it zeroes the value; nothing that is said of it holds
 * the value.
 *
 * @param name as the workflow asked for it
 * @param value owned by this
 * @param origin where it comes from, for people
 * @param export where it has to go; empty where the workflow may choose
 * @param expires when it is not to be used any more; empty where nobody said
 * @param revocable whether post can end it
 */
record Acquired(
    String name,
    byte[] value,
    String origin,
    Optional<Export> export,
    Optional<Instant> expires,
    boolean revocable)
    implements AutoCloseable {

  @Override
  public void close() {
    Arrays.fill(value, (byte) 0);
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Acquired[" + name + "]";
  }
}
