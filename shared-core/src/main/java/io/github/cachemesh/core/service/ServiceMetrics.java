package io.github.cachemesh.core.service;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * Counts what the service does. Labels are enums, so that the number of series is fixed and no
 * metric tells who asked for what. Thread-safe.
 */
final class ServiceMetrics {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double[] SECONDS = {
    .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5, 20
  };

  /** How a request ended. */
  enum Outcome {
    /** With a sealed answer about each name, or each lease. */
    ANSWERED,
    /** The token was refused. */
    REFUSED,
    /** The token had been used before. */
    REPLAYED,
    /** Too many came from there. */
    LIMITED,
    /** It was no request of this protocol. */
    MALFORMED,
    /** The service could not do its work. */
    FAILED
  }

  /** What became of one credential. */
  enum Credential {
    GRANTED,
    NOT_GRANTED,
    NOT_FOUND,
    EXPIRED,
    UNAVAILABLE,
    REVOKED,
    NOT_REVOKED;

    static Credential denied(DeniedCredential.Reason reason) {
      return switch (reason) {
        case NOT_GRANTED -> NOT_GRANTED;
        case NOT_FOUND -> NOT_FOUND;
        case EXPIRED -> EXPIRED;
        case UNAVAILABLE -> UNAVAILABLE;
      };
    }
  }

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests = counter("requests", "Requests answered", "outcome");
  private final Counter credentials = counter("credentials", "Credentials asked for", "outcome");
  private final Counter reloads = counter("policy_reloads", "Changes of the policy", "outcome");
  private final Histogram latency =
      Histogram.builder()
          .name("cachemesh_service_request_duration_seconds")
          .help("Time to answer a request")
          .classicOnly()
          .classicUpperBounds(SECONDS)
          .register(registry);

  ServiceMetrics() {
    for (Outcome outcome : Outcome.values()) {
      requests.initLabelValues(label(outcome));
    }
    for (Credential outcome : Credential.values()) {
      credentials.initLabelValues(label(outcome));
    }
    reloads.initLabelValues("replaced");
    reloads.initLabelValues("refused");
  }

  private Counter counter(String name, String help, String label) {
    return Counter.builder()
        .name("cachemesh_service_" + name)
        .help(help)
        .labelNames(label)
        .register(registry);
  }

  /** Has a value told whenever the metrics are read. */
  void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name("cachemesh_service_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  private static String label(Enum<?> outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  void request(Outcome outcome, Duration taken) {
    requests.labelValues(label(outcome)).inc();
    latency.observe(taken.toNanos() / NANOS_PER_SECOND);
  }

  void credential(Credential outcome) {
    credentials.labelValues(label(outcome)).inc();
  }

  void reload(boolean replaced) {
    reloads.labelValues(replaced ? "replaced" : "refused").inc();
  }

  /** Everything counted so far in Prometheus' text form. */
  byte[] text() {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toByteArray();
  }
}
