package io.github.cachemesh.core.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a report of this version, another or the original's: what is missing or null is zero, and
 * what is not known is ignored. By hand, as Jackson's binding of a dozen records takes a short
 * program a tenth of a second.
 */
final class ReportReader {
  private ReportReader() {}

  /**
   * @throws tools.jackson.core.JacksonException if a value is of another kind than its key's
   */
  static StatisticsReport report(JsonNode json) {
    Aggregate alone =
        Aggregate.alone(
            count(json, "api_calls_made"), count(json, "hits") + count(json, "peer_hits"));
    return new StatisticsReport(
        count(json, "hits"),
        count(json, "misses"),
        count(json, "peer_hits"),
        count(json, "expirations"),
        count(json, "evictions"),
        count(json, "api_calls_saved"),
        count(json, "api_calls_made"),
        count(json, "graphql_api_calls_made"),
        count(json, "graphql_cache_hits"),
        count(json, "cache_size"),
        count(json, "max_cache_size"),
        flag(json, "p2p_enabled"),
        number(json, "connected_peers"),
        flag(json, "content_addressing_available"),
        text(json, "cache_dir", ""),
        part(json, "aggregate", ReportReader::aggregate, alone),
        part(json, "connectivity", ReportReader::connectivity, Connectivity.NONE),
        part(json, "cachemesh", ReportReader::savings, Savings.NONE));
  }

  private static Aggregate aggregate(JsonNode json) {
    return new Aggregate(
        count(json, "total_api_calls"),
        count(json, "total_cache_hits"),
        number(json, "total_peers"),
        map(
            json,
            "peer_breakdown",
            peer ->
                new Aggregate.PeerCounts(
                    count(peer, "api_calls_made"),
                    count(peer, "cache_hits"),
                    real(peer, "timestamp"))),
        real(json, "last_synced"));
  }

  private static Connectivity connectivity(JsonNode json) {
    JsonNode transports = object(json, "transports");
    JsonNode discovery = object(json, "discovery");
    JsonNode traversal = object(json, "nat_traversal");
    return new Connectivity(
        number(json, "discovered_peers"),
        number(json, "relay_peers"),
        text(json, "reachability", Connectivity.NONE.reachability()),
        new Connectivity.Transports(
            flag(transports, "tcp"), flag(transports, "quic"), flag(transports, "webrtc")),
        new Connectivity.Discovery(
            flag(discovery, "mdns"), flag(discovery, "dht"), flag(discovery, "relay")),
        new Connectivity.NatTraversal(
            flag(traversal, "autonat"), flag(traversal, "hole_punching")));
  }

  private static Savings savings(JsonNode json) {
    return new Savings(
        text(json, "since", Savings.NONE.since()),
        count(json, "requests"),
        count(json, "upstream_requests"),
        count(json, "points_without_cache"),
        count(json, "points_charged"),
        count(json, "bytes_to_clients"),
        count(json, "bytes_from_upstream"),
        count(json, "stale_served"),
        count(json, "coalesced"),
        count(json, "stored_entries"),
        count(json, "stored_bytes"),
        count(json, "damaged_entries"),
        count(json, "invalidated"),
        part(json, "latency", ReportReader::latency, LatencySummary.NONE),
        map(json, "by_answer", JsonNode::longValue));
  }

  private static LatencySummary latency(JsonNode json) {
    List<Long> counts = new ArrayList<>();
    json.path("bucket_counts").forEach(count -> counts.add(count.longValue()));
    return new LatencySummary(counts);
  }

  private static long count(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? 0 : value.longValue();
  }

  private static int number(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? 0 : value.intValue();
  }

  private static double real(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? 0 : value.doubleValue();
  }

  private static boolean flag(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return !isAbsent(value) && value.booleanValue();
  }

  private static String text(JsonNode json, String key, String otherwise) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? otherwise : value.stringValue();
  }

  private static JsonNode object(JsonNode json, String key) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? JsonNodeFactory.instance.objectNode() : value;
  }

  private static <T> T part(JsonNode json, String key, Function<JsonNode, T> reader, T otherwise) {
    JsonNode value = json.path(key);
    return isAbsent(value) ? otherwise : reader.apply(value);
  }

  private static <T> Map<String, T> map(JsonNode json, String key, Function<JsonNode, T> reader) {
    Map<String, T> entries = new HashMap<>();
    json.path(key).forEachEntry((name, value) -> entries.put(name, reader.apply(value)));
    return entries;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }
}
