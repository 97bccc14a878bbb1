package io.github.cachemesh.core.sarif;

import java.util.List;

/**
 * Whether a scan holds all that another does, such as the subset that GitHub's REST API returns.
 */
public final class Containment {
  private Containment() {}

  /** The results of {@code part} that {@code whole} lacks; empty if it holds them all. */
  public static List<ResultIdentity> missing(SarifScan part, SarifScan whole) {
    return ScanDifference.between(part, whole).onlyInFirst();
  }
}
