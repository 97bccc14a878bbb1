package io.github.cachemesh.core.stats;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Counts what the node does: each event is counted once, and JSON and Prometheus are two forms of
 * the same counters. Thread-safe; recording does not block. Labels are enums, so the number of
 * series is fixed.
 */
public final class Statistics {
  /** The media type of {@link #prometheusText}. */
  public static final String PROMETHEUS_CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double MILLIS_PER_SECOND = 1000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final StatisticsContext context;
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private final Counter requests = counter("requests", "Requests answered", "pool", "answer");
  private final Counter charged =
      counter("charged_requests", "Requests that GitHub charged", "pool");
  private final Counter saved =
      counter("saved_requests", "Requests that GitHub would have charged and did not", "pool");
  private final Counter upstreamRequests =
      counter("upstream_requests", "Requests sent to GitHub", "pool");
  private final Counter pointsWithoutCache =
      counter("points_without_cache", "Points GitHub would have charged without a cache", "pool");
  private final Counter pointsCharged =
      counter("points_charged", "Points that GitHub charged", "pool");
  private final Counter bytesToClients =
      counter("bytes_to_clients", "Bytes of bodies given to clients");
  private final Counter bytesFromUpstream =
      counter("bytes_from_upstream", "Bytes of bodies taken from GitHub");
  private final Counter storedEntries = counter("stored_entries", "Entries written");
  private final Counter storedBytes = counter("stored_bytes", "Bytes of entries written");
  private final Counter expired = counter("expired_entries", "Entries whose time was over");
  private final Counter evicted = counter("evicted_entries", "Entries dropped to make room");
  private final Counter damaged = counter("damaged_entries", "Entries found damaged");
  private final Counter invalidated =
      counter("invalidated_entries", "Entries dropped after a write or by command");
  private final Histogram latency;

  public Statistics(StatisticsContext context) {
    this.context = context;
    this.latency =
        Histogram.builder()
            .name("cachemesh_request_duration_seconds")
            .help("Time from a request's arrival until its answer's last byte")
            .classicOnly()
            .classicUpperBounds(
                LatencySummary.UPPER_BOUNDS_MILLIS.stream()
                    .mapToDouble(millis -> millis / MILLIS_PER_SECOND)
                    .toArray())
            .register(registry);
    gauge("cache_entries", "Entries kept", () -> context.cacheSize().getAsLong());
    gauge("cache_max_entries", "Most entries that are kept", context::maxCacheSize);
    gauge("memory_bytes", "Bytes of entries in memory", () -> context.memoryBytes().getAsLong());
    gauge("disk_bytes", "Bytes of entries on disk", () -> context.diskBytes().getAsLong());
    gauge("connected_peers", "Peers connected", () -> context.connectedPeers().getAsInt());
    gauge(
        "start_time_seconds",
        "When counting began, in seconds since 1970",
        () -> context.startedAt().toEpochMilli() / MILLIS_PER_SECOND);
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("cachemesh_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name("cachemesh_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /** Counts one answered request. */
  public void record(Exchange exchange) {
    String pool = label(exchange.pool());
    requests.labelValues(pool, exchange.answer().label()).inc();
    if (exchange.pointsCharged() > 0) {
      charged.labelValues(pool).inc();
    } else if (exchange.pointsWithoutCache() > 0) {
      saved.labelValues(pool).inc();
    }
    upstreamRequests.labelValues(pool).inc(exchange.upstreamRequests());
    pointsWithoutCache.labelValues(pool).inc(exchange.pointsWithoutCache());
    pointsCharged.labelValues(pool).inc(exchange.pointsCharged());
    bytesToClients.inc(exchange.bytesToClient());
    bytesFromUpstream.inc(exchange.bytesFromUpstream());
    latency.observe(exchange.latency().toNanos() / NANOS_PER_SECOND);
  }

  /** Counts an entry that was written. */
  public void stored(long bytes) {
    storedEntries.inc();
    storedBytes.inc(bytes);
  }

  /** Counts entries dropped because their time was over. */
  public void expired(long entries) {
    expired.inc(entries);
  }

  /** Counts entries dropped to make room. */
  public void evicted(long entries) {
    evicted.inc(entries);
  }

  /** Counts entries found damaged. */
  public void damaged(long entries) {
    damaged.inc(entries);
  }

  /** Counts entries dropped after a write or by command. */
  public void invalidated(long entries) {
    invalidated.inc(entries);
  }

  /**
   * Everything counted so far. Counts that go on meanwhile may be in one figure and not yet in
   * another.
   */
  public StatisticsReport report() {
    Map<Answer, Long> byAnswer = new EnumMap<>(Answer.class);
    long graphqlHits = 0;
    for (Answer answer : Answer.values()) {
      for (Pool pool : Pool.values()) {
        long count = (long) requests.labelValues(label(pool), answer.label()).get();
        byAnswer.merge(answer, count, Long::sum);
        graphqlHits += pool == Pool.GRAPHQL && answer.isHit() ? count : 0;
      }
    }
    long hits = sum(byAnswer, Answer.Source.LOCAL);
    long peerHits = sum(byAnswer, Answer.Source.PEER);
    long apiCallsMade = of(charged, Pool.REST) + of(charged, Pool.SEARCH);
    return new StatisticsReport(
        hits,
        sum(byAnswer, Answer.Source.GITHUB),
        peerHits,
        (long) expired.get(),
        (long) evicted.get(),
        total(saved),
        apiCallsMade,
        of(charged, Pool.GRAPHQL),
        graphqlHits,
        context.cacheSize().getAsLong(),
        context.maxCacheSize(),
        context.p2pEnabled(),
        context.connectedPeers().getAsInt(),
        true,
        context.cacheDir(),
        Aggregate.alone(apiCallsMade, hits + peerHits),
        context.connectivity().get(),
        savings(byAnswer));
  }

  private Savings savings(Map<Answer, Long> byAnswer) {
    Map<String, Long> byLabel = new TreeMap<>();
    byAnswer.forEach((answer, count) -> byLabel.put(answer.label(), count));
    return new Savings(
        context.startedAt().toString(),
        byAnswer.values().stream().mapToLong(Long::longValue).sum(),
        total(upstreamRequests),
        total(pointsWithoutCache),
        total(pointsCharged),
        (long) bytesToClients.get(),
        (long) bytesFromUpstream.get(),
        byLabel.getOrDefault(Answer.STALE.label(), 0L),
        byLabel.getOrDefault(Answer.COALESCED.label(), 0L),
        (long) storedEntries.get(),
        (long) storedBytes.get(),
        (long) damaged.get(),
        (long) invalidated.get(),
        latencySummary(),
        byLabel);
  }

  private static long sum(Map<Answer, Long> byAnswer, Answer.Source source) {
    return byAnswer.entrySet().stream()
        .filter(entry -> entry.getKey().source() == source)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static String label(Pool pool) {
    return pool.name().toLowerCase(Locale.ROOT);
  }

  private static long of(Counter counter, Pool pool) {
    return (long) counter.labelValues(label(pool)).get();
  }

  private static long total(Counter counter) {
    long total = 0;
    for (Pool pool : Pool.values()) {
      total += of(counter, pool);
    }
    return total;
  }

  private LatencySummary latencySummary() {
    List<HistogramDataPointSnapshot> points = latency.collect().getDataPoints();
    if (points.isEmpty()) {
      return LatencySummary.NONE;
    }
    ClassicHistogramBuckets buckets = points.getFirst().getClassicBuckets();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < buckets.size(); i++) {
      counts.add(buckets.getCount(i));
    }
    return new LatencySummary(counts);
  }

  /** Everything counted so far in Prometheus' text form, UTF-8. */
  public String prometheusText() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
