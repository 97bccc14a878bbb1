package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stored scans as JSON, for sealed files.
 *
 * <p>These records are the stored form: their names may not change without a new version of the
 * file format.
 */
final class StoredScanJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Head(
      SortedMap<String, String> key,
      Optional<String> projectedKey,
      Origin origin,
      String category,
      String toolVersion,
      String sarifSha256,
      int resultsCount,
      SortedMap<String, Integer> bySeverity,
      long durationMillis,
      Instant storedAt,
      Optional<Partial> partial,
      Optional<Extraction> extraction) {}

  private StoredScanJson() {}

  static byte[] encode(StoredScan scan) {
    SortedMap<String, String> key = new TreeMap<>();
    scan.key().values().forEach((component, json) -> key.put(component.word(), json));
    return JSON.writeValueAsBytes(
        new Head(
            key,
            scan.projectedKey(),
            scan.origin(),
            scan.category(),
            scan.toolVersion(),
            scan.sarifSha256(),
            scan.resultsCount(),
            new TreeMap<>(scan.bySeverity()),
            scan.duration().toMillis(),
            scan.storedAt(),
            scan.partial(),
            scan.extraction()));
  }

  /**
   * @throws IllegalArgumentException when it is no stored scan
   */
  static StoredScan decode(byte[] json) {
    try {
      @Nullable Head head = JSON.readValue(json, Head.class);
      if (head == null) {
        throw new IllegalArgumentException("null is no stored scan");
      }
      return new StoredScan(
          key(head.key),
          head.projectedKey,
          head.origin,
          head.category,
          head.toolVersion,
          head.sarifSha256,
          head.resultsCount,
          head.bySeverity,
          Duration.ofMillis(head.durationMillis),
          head.storedAt,
          head.partial,
          head.extraction);
    } catch (JacksonException | NullPointerException e) {
      throw new IllegalArgumentException("no stored scan", e);
    }
  }

  private static ScanKey key(SortedMap<String, String> values) {
    Map<Component, String> key = new EnumMap<>(Component.class);
    for (Component component : Component.values()) {
      String value = values.get(component.word());
      if (value != null) {
        key.put(component, value);
      }
    }
    if (key.size() != values.size()) {
      throw new IllegalArgumentException("a key with components that are not known");
    }
    return ScanKey.ofJson(key);
  }
}
