package io.github.cachemesh.core.sarif;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is kept of a SARIF file. Immutable; its {@code toString} tells no alert.
 *
 * @param bytes length of the file, uncompressed
 */
public record SarifScan(List<SarifRun> runs, long bytes) {
  public SarifScan {
    runs = List.copyOf(runs);
  }

  public int resultsCount() {
    return runs.stream().mapToInt(run -> run.results().size()).sum();
  }

  /** Of all runs. */
  public Stream<SarifResult> results() {
    return runs.stream().flatMap(run -> run.results().stream());
  }

  /** How many results each level has; levels without any are left out. */
  public Map<Level, Integer> byLevel() {
    Map<Level, Integer> counts = new EnumMap<>(Level.class);
    results().forEach(result -> counts.merge(result.level(), 1, Integer::sum));
    return counts;
  }

  /** As {@link #byLevel}, of the results of security rules. */
  public Map<SecuritySeverity, Integer> bySecuritySeverity() {
    Map<SecuritySeverity, Integer> counts = new EnumMap<>(SecuritySeverity.class);
    results()
        .flatMap(result -> result.securitySeverity().stream())
        .forEach(severity -> counts.merge(severity, 1, Integer::sum));
    return counts;
  }

  /** How many results GitHub shows as each severity: a security rule's, else the level. */
  public Map<String, Integer> bySeverity() {
    Map<String, Integer> counts = new TreeMap<>();
    results().forEach(result -> counts.merge(severity(result), 1, Integer::sum));
    return counts;
  }

  private static String severity(SarifResult result) {
    return result.securitySeverity().map(SecuritySeverity::word).orElseGet(result.level()::word);
  }

  @Override
  public String toString() {
    return runs + ", " + bytes + " bytes";
  }
}
