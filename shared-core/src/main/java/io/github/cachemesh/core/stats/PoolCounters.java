package io.github.cachemesh.core.stats;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The counters of one rate-limit pool, found once, so that recording looks up no labels. All series
 * exist from the start. Thread-safe.
 */
final class PoolCounters {
  private final Map<Answer, CounterDataPoint> requests = new EnumMap<>(Answer.class);
  private final CounterDataPoint charged;
  private final CounterDataPoint saved;
  private final CounterDataPoint upstreamRequests;
  private final CounterDataPoint pointsWithoutCache;
  private final CounterDataPoint pointsCharged;

  private PoolCounters(Pool pool, Families families) {
    String label = pool.name().toLowerCase(Locale.ROOT);
    for (Answer answer : Answer.values()) {
      requests.put(answer, families.requests.labelValues(label, answer.label()));
    }
    charged = families.charged.labelValues(label);
    saved = families.saved.labelValues(label);
    upstreamRequests = families.upstreamRequests.labelValues(label);
    pointsWithoutCache = families.pointsWithoutCache.labelValues(label);
    pointsCharged = families.pointsCharged.labelValues(label);
  }

  /** Registers the counters of all pools. */
  static Map<Pool, PoolCounters> register(PrometheusRegistry registry) {
    Families families =
        new Families(
            family(registry, "requests", "Requests answered", "pool", "answer"),
            family(registry, "charged_requests", "Requests that GitHub charged", "pool"),
            family(
                registry,
                "saved_requests",
                "Requests that GitHub would have charged and did not",
                "pool"),
            family(registry, "upstream_requests", "Requests sent to GitHub", "pool"),
            family(
                registry,
                "points_without_cache",
                "Points that GitHub would have charged without a cache",
                "pool"),
            family(registry, "points_charged", "Points that GitHub charged", "pool"));
    Map<Pool, PoolCounters> pools = new EnumMap<>(Pool.class);
    for (Pool pool : Pool.values()) {
      pools.put(pool, new PoolCounters(pool, families));
    }
    return pools;
  }

  private static Counter family(
      PrometheusRegistry registry, String name, String help, String... labels) {
    return Counter.builder()
        .name("cachemesh_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  void record(Exchange exchange) {
    Objects.requireNonNull(requests.get(exchange.answer())).inc();
    if (exchange.pointsCharged() > 0) {
      charged.inc();
    } else if (exchange.isSaved()) {
      saved.inc();
    }
    upstreamRequests.inc(exchange.upstreamRequests());
    pointsWithoutCache.inc(exchange.pointsWithoutCache());
    pointsCharged.inc(exchange.pointsCharged());
  }

  long requests(Answer answer) {
    return Objects.requireNonNull(requests.get(answer)).getLongValue();
  }

  long hits() {
    return requests.keySet().stream().filter(Answer::isHit).mapToLong(this::requests).sum();
  }

  long charged() {
    return charged.getLongValue();
  }

  long saved() {
    return saved.getLongValue();
  }

  long upstreamRequests() {
    return upstreamRequests.getLongValue();
  }

  long pointsWithoutCache() {
    return pointsWithoutCache.getLongValue();
  }

  long pointsCharged() {
    return pointsCharged.getLongValue();
  }

  /** The metrics of which each pool has its series. */
  private record Families(
      Counter requests,
      Counter charged,
      Counter saved,
      Counter upstreamRequests,
      Counter pointsWithoutCache,
      Counter pointsCharged) {}
}
