package io.github.cachemesh.core.node;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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

  /**
   * By hand: Jackson's binding of a record takes a short program a tenth of a second.
   *
   * @throws tools.jackson.core.JacksonException if that is no such answer
   */
  static Lease read(JsonNode json) {
    return new Lease(
        json.required("leases").intValue(),
        json.required("node").stringValue(),
        json.required("version").stringValue(),
        optional(json, "url"),
        optional(json, "socket"),
        optional(json, "gateway_url"),
        json.required("cache_dir").stringValue(),
        json.required("stats_file").stringValue());
  }

  private static @Nullable String optional(JsonNode json, String key) {
    return json.path(key).asString(null);
  }

  /** Without the gateway's URL, which is a secret. */
  @Override
  public String toString() {
    return "lease on node " + node;
  }
}
