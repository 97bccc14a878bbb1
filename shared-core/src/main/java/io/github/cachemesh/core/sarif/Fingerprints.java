package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.List;

/** Holds the results of a scan to the files they speak of. */
public final class Fingerprints {
  private Fingerprints() {}

  /**
   * Recomputes every {@code primaryLocationLineHash}: each file is read once, and each result that
   * cannot be verified is in the list.
   */
  public static List<FingerprintMismatch> mismatches(SarifScan scan, Sources sources)
      throws IOException {
    throw new UnsupportedOperationException();
  }
}
