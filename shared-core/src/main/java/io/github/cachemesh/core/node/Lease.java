package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A node's answer to a {@link LeaseRequest} that it grants: where this job reaches it.
 *
 * @param leases how many the node has given, this one included
 * @param node the node's id
 * @param url of the node's own TCP listener; null where it has none
 * @param socket the one made for this lease; null where none was asked for
 * @param gatewayUrl base URL, with its secret segment and no slash behind, of the listener that was
 *     opened for this lease; null where none was asked for
 * @param statsFile to which the job's savings are written when the lease is released
 */
public record Lease(
    @JsonProperty("leases") int leases,
    @JsonProperty("node") String node,
    @JsonProperty("version") String version,
    @JsonProperty("url") @Nullable String url,
    @JsonProperty("socket") @Nullable String socket,
    @JsonProperty("gateway_url") @Nullable String gatewayUrl,
    @JsonProperty("cache_dir") String cacheDir,
    @JsonProperty("stats_file") String statsFile) {

  public Lease {
    // What is missing from an answer comes as null.
    Objects.requireNonNull(node);
    Objects.requireNonNull(version);
    Objects.requireNonNull(cacheDir);
    Objects.requireNonNull(statsFile);
  }

  /** Without the gateway's URL, which is a secret. */
  @Override
  public String toString() {
    return "lease on node " + node;
  }
}
