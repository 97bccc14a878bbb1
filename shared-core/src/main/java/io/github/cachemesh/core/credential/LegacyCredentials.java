package io.github.cachemesh.core.credential;

import java.util.List;

/**
 * What a store of the original held. Closing it zeroes the values.
 *
 * @param migrating what has a place in a store, with the scope, beginning and expiry that the
 *     original gave it; {@link StoreEditor#set} takes it
 * @param refused what has none, which whoever migrates has to name
 */
public record LegacyCredentials(List<Credential> migrating, List<Refused> refused)
    implements AutoCloseable {
  public LegacyCredentials {
    migrating = List.copyOf(migrating);
    refused = List.copyOf(refused);
  }

  /**
   * A credential that is not migrated.
   *
   * @param reason one sentence, without the value
   */
  public record Refused(String name, String reason) {}

  @Override
  public void close() {
    migrating.forEach(Credential::close);
  }
}
