package io.github.cachemesh.core.credential;

import java.time.Instant;
import java.util.List;

/**
 * A record without its values. Immutable.
 *
 * @param versions that are kept, the newest first; empty when it was deleted
 */
public record Entry(CredentialId id, List<Version> versions) {
  public Entry {
    versions = List.copyOf(versions);
  }

  /** A kept value, without itself. */
  public record Version(int number, Instant created, Expiry expires) {}

  /** Whether it was deleted. */
  public boolean isDeleted() {
    return versions.isEmpty();
  }
}
