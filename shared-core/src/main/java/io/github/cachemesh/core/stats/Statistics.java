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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.ToLongFunction;

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

  private final Map<Pool, PoolCounters> pools = PoolCounters.register(registry);
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

  private Counter counter(String name, String help) {
    return Counter.builder().name("cachemesh_" + name).help(help).register(registry);
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
    pool(exchange.pool()).record(exchange);
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
   * Everything counted so far. While requests go on, one may be in one figure and not yet in
   * another.
   */
  public StatisticsReport report() {
    Map<Answer, Long> byAnswer = new EnumMap<>(Answer.class);
    for (Answer answer : Answer.values()) {
      byAnswer.put(answer, total(pool -> pool.requests(answer)));
    }
    long hits = sum(byAnswer, Answer.Source.LOCAL);
    long peerHits = sum(byAnswer, Answer.Source.PEER);
    long apiCallsMade = pool(Pool.REST).charged() + pool(Pool.SEARCH).charged();
    return new StatisticsReport(
        hits,
        sum(byAnswer, Answer.Source.GITHUB),
        peerHits,
        expired.getLongValue(),
        evicted.getLongValue(),
        total(PoolCounters::saved),
        apiCallsMade,
        pool(Pool.GRAPHQL).charged(),
        pool(Pool.GRAPHQL).hits(),
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
        total(PoolCounters::upstreamRequests),
        total(PoolCounters::pointsWithoutCache),
        total(PoolCounters::pointsCharged),
        bytesToClients.getLongValue(),
        bytesFromUpstream.getLongValue(),
        byLabel.getOrDefault(Answer.STALE.label(), 0L),
        byLabel.getOrDefault(Answer.COALESCED.label(), 0L),
        storedEntries.getLongValue(),
        storedBytes.getLongValue(),
        damaged.getLongValue(),
        invalidated.getLongValue(),
        latencySummary(),
        byLabel);
  }

  private static long sum(Map<Answer, Long> byAnswer, Answer.Source source) {
    return byAnswer.entrySet().stream()
        .filter(entry -> entry.getKey().source() == source)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private PoolCounters pool(Pool pool) {
    return Objects.requireNonNull(pools.get(pool));
  }

  private long total(ToLongFunction<PoolCounters> count) {
    return pools.values().stream().mapToLong(count).sum();
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
