package io.github.cachemesh.core.sarif;

import java.util.List;

/**
 * The results that two scans do not share, as multisets of (rule, path, fingerprint) over all runs:
 * two equal results are matched by two.
 */
public record ScanDifference(List<ResultIdentity> onlyInFirst, List<ResultIdentity> onlyInSecond) {
  public ScanDifference {
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInSecond = List.copyOf(onlyInSecond);
  }

  public static ScanDifference between(SarifScan first, SarifScan second) {
    throw new UnsupportedOperationException();
  }

  public boolean isEmpty() {
    return onlyInFirst.isEmpty() && onlyInSecond.isEmpty();
  }
}
