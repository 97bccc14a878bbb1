package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.core.sarif.SarifResult;
import io.github.cachemesh.core.sarif.SarifScan;
import io.github.cachemesh.core.sarif.SecuritySeverity;
import java.util.Map;
import java.util.TreeMap;

/** Counts results as GitHub shows them. */
final class Severities {
  private Severities() {}

  /** By security severity, those of other rules by level. */
  static Map<String, Integer> of(SarifScan scan) {
    Map<String, Integer> counts = new TreeMap<>();
    scan.results().forEach(result -> counts.merge(word(result), 1, Integer::sum));
    return counts;
  }

  private static String word(SarifResult result) {
    return result.securitySeverity().map(SecuritySeverity::word).orElseGet(result.level()::word);
  }
}
