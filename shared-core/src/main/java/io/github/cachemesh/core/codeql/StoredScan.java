package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a stored result besides its SARIF.
 *
 * @param projectedKey digest of the key that leaves out what {@code ignore-changes} drops, when the
 *     result may be found by it
 * @param category as in the SARIF's {@code automationDetails.id}, without the slash at its end
 * @param toolVersion of CodeQL, as in the SARIF
 * @param sarifSha256 of the SARIF as it was found, in hexadecimal
 * @param bySeverity how many results there are of each severity
 * @param duration of the scan that a hit saves
 * @param partial set when the results are not all there would be
 * @param extraction set when the SARIF says so
 * @throws IllegalArgumentException when the key says otherwise than the rest
 */
public record StoredScan(
    ScanKey key,
    Optional<String> projectedKey,
    Origin origin,
    String category,
    String toolVersion,
    String sarifSha256,
    int resultsCount,
    Map<String, Integer> bySeverity,
    Duration duration,
    Instant storedAt,
    Optional<Partial> partial,
    Optional<Extraction> extraction) {
  public StoredScan {
    bySeverity = Map.copyOf(bySeverity);
    check(key, Component.REPOSITORY, origin.repositoryId());
    check(key, Component.CATEGORY, category);
    check(key, Component.ANALYSIS_KEY, origin.analysisKey());
    check(key, Component.MATRIX, Matrix.canonical(origin.environment()));
    check(key, Component.TOOLS, toolVersion);
  }

  /** What is said twice must be said alike: only the key finds a result, the rest describes it. */
  private static void check(ScanKey key, Component component, Object value) {
    if (!key.value(component).equals(CanonicalJson.of(value))) {
      throw new IllegalArgumentException(
          "a stored scan whose %s is not that of its key".formatted(component.word()));
    }
  }
}
