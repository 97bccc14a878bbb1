package io.github.cachemesh.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatisticsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Statistics statistics = statisticsSince(START);

  @Test
  void jsonHasExactlyTheOriginalsKeysAndOneMore() {
    JsonNode json = json();

    assertThat(json.propertyNames())
        .containsExactly(
            "hits",
            "misses",
            "peer_hits",
            "expirations",
            "evictions",
            "api_calls_saved",
            "api_calls_made",
            "graphql_api_calls_made",
            "graphql_cache_hits",
            "local_hits",
            "total_hits",
            "total_requests",
            "hit_rate",
            "cache_size",
            "max_cache_size",
            "p2p_enabled",
            "connected_peers",
            "content_addressing_available",
            "cache_dir",
            "aggregate",
            "connectivity",
            "cachemesh");
    assertThat(json.get("aggregate").propertyNames())
        .containsExactly(
            "total_api_calls", "total_cache_hits", "total_peers", "peer_breakdown", "last_synced");
    assertThat(json.get("connectivity"))
        .isEqualTo(
            JSON.readTree(
                """
                {"discovered_peers": 0, "relay_peers": 0, "reachability": "unknown",
                 "transports": {"tcp": false, "quic": false, "webrtc": false},
                 "discovery": {"mdns": false, "dht": false, "relay": false},
                 "nat_traversal": {"autonat": false, "hole_punching": false}}
                """));
    assertThat(json.get("cachemesh").propertyNames())
        .containsExactlyInAnyOrder(
            "since",
            "requests",
            "upstream_requests",
            "points_without_cache",
            "points_charged",
            "points_saved",
            "bytes_to_clients",
            "bytes_from_upstream",
            "stale_served",
            "coalesced",
            "stored_entries",
            "stored_bytes",
            "damaged_entries",
            "invalidated",
            "latency",
            "by_answer");
    assertThat(json.get("cachemesh").get("latency").propertyNames())
        .containsExactlyInAnyOrder("bucket_counts", "p50_ms", "p95_ms");
  }

  @Test
  void hitsMissesAndPeerHitsAddUp() {
    for (Answer answer : Answer.values()) {
      record(Pool.REST, answer, 1, 0);
    }

    StatisticsReport report = statistics.report();

    assertThat(report.hits()).isEqualTo(7).isEqualTo(report.localHits());
    assertThat(report.peerHits()).isEqualTo(1);
    assertThat(report.misses()).isEqualTo(1);
    assertThat(report.totalHits()).isEqualTo(8);
    assertThat(report.totalRequests()).isEqualTo(9);
    assertThat(report.hitRate()).isEqualTo(8.0 / 9);
    assertThat(report.cachemesh().requests()).isEqualTo(Answer.values().length);
    assertThat(report.cachemesh().byAnswer()).hasSize(11).containsEntry("empty_list_guess", 1L);
    assertThat(report.cachemesh().staleServed()).isEqualTo(1);
    assertThat(report.cachemesh().coalesced()).isEqualTo(1);
  }

  @Test
  void callsAreMadeWhereGithubChargedAndSavedWhereItWouldHave() {
    record(Pool.REST, Answer.MISS, 1, 1);
    record(Pool.SEARCH, Answer.MISS, 1, 1);
    record(Pool.REST, Answer.REVALIDATED_DISK, 1, 0);
    record(Pool.REST, Answer.PASSED_THROUGH, 0, 0);
    record(Pool.GRAPHQL, Answer.MISS, 7, 7);
    record(Pool.GRAPHQL, Answer.FRESH_MEMORY, 7, 0);

    StatisticsReport report = statistics.report();

    assertThat(report.apiCallsMade()).isEqualTo(2);
    assertThat(report.apiCallsSaved()).isEqualTo(2);
    assertThat(report.graphqlApiCallsMade()).isEqualTo(1);
    assertThat(report.graphqlCacheHits()).isEqualTo(1);
    assertThat(report.cachemesh().pointsWithoutCache()).isEqualTo(17);
    assertThat(report.cachemesh().pointsCharged()).isEqualTo(9);
    assertThat(report.cachemesh().pointsSaved()).isEqualTo(8);
    assertThat(report.aggregate().totalApiCalls()).isEqualTo(2);
    assertThat(report.aggregate().totalPeers()).isEqualTo(1);
  }

  @Test
  void failureSavesNoCall() {
    record(Pool.REST, Answer.FAILED, 1, 0);

    assertThat(statistics.report().apiCallsSaved()).isZero();
  }

  @Test
  void bytesEntriesAndGaugesAreTold() {
    statistics.record(
        new Exchange(Pool.REST, Answer.MISS, 1, 1, 2, 300, 200, Duration.ofMillis(3)));
    statistics.stored(4096);
    statistics.expired(2);
    statistics.evicted(3);
    statistics.damaged(4);
    statistics.invalidated(5);

    StatisticsReport report = statistics.report();

    assertThat(report.cachemesh().upstreamRequests()).isEqualTo(2);
    assertThat(report.cachemesh().bytesToClients()).isEqualTo(300);
    assertThat(report.cachemesh().bytesFromUpstream()).isEqualTo(200);
    assertThat(report.cachemesh().storedEntries()).isEqualTo(1);
    assertThat(report.cachemesh().storedBytes()).isEqualTo(4096);
    assertThat(report.expirations()).isEqualTo(2);
    assertThat(report.evictions()).isEqualTo(3);
    assertThat(report.cachemesh().damagedEntries()).isEqualTo(4);
    assertThat(report.cachemesh().invalidated()).isEqualTo(5);
    assertThat(report.cacheSize()).isEqualTo(12);
    assertThat(report.maxCacheSize()).isEqualTo(5000);
    assertThat(report.p2pEnabled()).isTrue();
    assertThat(report.connectedPeers()).isZero();
    assertThat(report.contentAddressingAvailable()).isTrue();
    assertThat(report.cacheDir()).isEqualTo("/cache");
  }

  @Test
  void quantilesLieInTheBucketOfTheirRank() {
    for (int i = 0; i < 90; i++) {
      recordLatency(Duration.ofMillis(4));
    }
    for (int i = 0; i < 10; i++) {
      recordLatency(Duration.ofMillis(400));
    }

    LatencySummary latency = statistics.report().cachemesh().latency();

    assertThat(latency.p50Millis()).isBetween(2.5, 5.0);
    assertThat(latency.p95Millis()).isBetween(250.0, 500.0);
  }

  @Test
  void quantilesBeyondAllBucketsAreTheGreatestBound() {
    recordLatency(Duration.ofHours(1));

    assertThat(statistics.report().cachemesh().latency().p50Millis()).isEqualTo(30_000);
  }

  @Test
  void reportSurvivesItsJson() {
    record(Pool.REST, Answer.REVALIDATED_PEER, 1, 0);
    StatisticsReport report = statistics.report();

    assertThat(StatisticsReport.parse(report.toJson())).isEqualTo(report);
  }

  @Test
  void reportOfTheOriginalIsRead() {
    StatisticsReport report =
        StatisticsReport.parse(
            """
            {"hits": 3, "misses": 1, "peer_hits": 2, "hit_rate": 0.1, "p2p_peers": 4,
             "peer_exchange_last_by_peer": null, "cache_dir": null, "connected_peers": null}
            """);

    assertThat(report.totalHits()).isEqualTo(5);
    assertThat(report.hitRate()).isEqualTo(5.0 / 6);
    assertThat(report.cacheDir()).isEmpty();
    assertThat(report.cachemesh()).isEqualTo(Savings.NONE);
    assertThat(report.connectivity()).isEqualTo(Connectivity.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"hits\": \"many\"}", "{"})
  void whatIsNoReportIsRefused(String json) {
    assertThatIllegalArgumentException().isThrownBy(() -> StatisticsReport.parse(json));
  }

  @Test
  void differenceCountsOnlyWhatCameBetween() {
    record(Pool.REST, Answer.MISS, 1, 1);
    statistics.evicted(1);
    StatisticsReport earlier = StatisticsReport.parse(statistics.report().toJson());
    record(Pool.REST, Answer.REVALIDATED_MEMORY, 1, 0);
    record(Pool.REST, Answer.REVALIDATED_MEMORY, 1, 0);

    StatisticsReport difference = statistics.report().minus(earlier);

    assertThat(difference.hits()).isEqualTo(2);
    assertThat(difference.misses()).isZero();
    assertThat(difference.evictions()).isZero();
    assertThat(difference.apiCallsSaved()).isEqualTo(2);
    assertThat(difference.apiCallsMade()).isZero();
    assertThat(difference.hitRate()).isEqualTo(1);
    assertThat(difference.cacheSize()).isEqualTo(12);
    assertThat(difference.cachemesh().requests()).isEqualTo(2);
    assertThat(difference.cachemesh().pointsSaved()).isEqualTo(2);
    assertThat(difference.cachemesh().byAnswer()).containsEntry("miss", 0L);
    assertThat(difference.cachemesh().latency().bucketCounts()).contains(2L).doesNotContain(3L);
  }

  @Test
  void differenceToAReportOfAnEarlierRunIsEverything() {
    record(Pool.REST, Answer.MISS, 1, 1);
    StatisticsReport earlier = statistics.report();
    Statistics restarted = statisticsSince(START.plusSeconds(60));

    assertThat(restarted.report().minus(earlier)).isEqualTo(restarted.report());
  }

  @Test
  void prometheusTextHasCountersHistogramAndGauges() {
    statistics.record(
        new Exchange(Pool.REST, Answer.MISS, 1, 1, 1, 300, 200, Duration.ofMillis(3)));
    statistics.record(
        new Exchange(Pool.GRAPHQL, Answer.FRESH_DISK, 7, 0, 0, 50, 0, Duration.ofMillis(1)));

    List<String> lines = statistics.prometheusText().lines().toList();

    assertThat(lines)
        .contains(
            "cachemesh_requests_total{answer=\"miss\",pool=\"rest\"} 1.0",
            "cachemesh_requests_total{answer=\"fresh_disk\",pool=\"graphql\"} 1.0",
            "cachemesh_points_without_cache_total{pool=\"graphql\"} 7.0",
            "cachemesh_points_charged_total{pool=\"rest\"} 1.0",
            "cachemesh_saved_requests_total{pool=\"graphql\"} 1.0",
            "cachemesh_bytes_to_clients_total 350.0",
            "cachemesh_request_duration_seconds_bucket{le=\"0.0025\"} 1",
            "cachemesh_request_duration_seconds_count 2",
            "cachemesh_cache_entries 12.0",
            "cachemesh_connected_peers 0.0");
    assertThat(lines)
        .allSatisfy(line -> assertThat(line).matches("# (HELP|TYPE) cachemesh_.*|cachemesh_.*"));
  }

  @Test
  void countsOfManyThreadsAddUp() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        threads.execute(
            () -> {
              for (int j = 0; j < 1000; j++) {
                record(Pool.REST, Answer.FRESH_MEMORY, 1, 0);
              }
            });
      }
    }

    assertThat(statistics.report().hits()).isEqualTo(8000);
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exchange(Pool.REST, Answer.MISS, 1, -1, 1, 0, 0, Duration.ZERO));
  }

  private void record(Pool pool, Answer answer, int pointsWithoutCache, int pointsCharged) {
    statistics.record(
        new Exchange(
            pool, answer, pointsWithoutCache, pointsCharged, 1, 0, 0, Duration.ofMillis(1)));
  }

  private void recordLatency(Duration latency) {
    statistics.record(new Exchange(Pool.REST, Answer.MISS, 1, 1, 1, 0, 0, latency));
  }

  private JsonNode json() {
    return JSON.readTree(statistics.report().toJson());
  }

  private static Statistics statisticsSince(Instant start) {
    return new Statistics(
        StatisticsContext.withoutPeers(
            start, "/cache", () -> 12, 5000, () -> 100, () -> 200, true));
  }
}
