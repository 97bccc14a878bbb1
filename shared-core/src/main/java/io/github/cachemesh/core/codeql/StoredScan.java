package io.github.cachemesh.core.codeql;

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
 * @param extracted set when the SARIF says so
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
    Optional<Extracted> extracted) {
  public StoredScan {
    bySeverity = Map.copyOf(bySeverity);
  }
}
