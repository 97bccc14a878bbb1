package io.github.cachemesh.core.config;

/** The {@code monitoring} section of cache-config.yml. */
public record MonitoringSettings(
    @Setting(value = "Whether statistics are collected", preset = "true") boolean enabled,
    @Setting(value = "Whether statistics are logged", preset = "true") boolean logStats,
    @Setting(value = "Whether metrics are exported to a file", preset = "false")
        boolean exportMetrics,
    @Setting(value = "Form of the exported metrics", preset = "json") MetricsFormat metricsFormat) {

  /** Forms of exported metrics. */
  public enum MetricsFormat {
    PROMETHEUS,
    JSON
  }
}
