package io.github.cachemesh.core.sarif;

import java.util.Optional;

/**
 * What GitHub's upload takes: more of anything is refused, and a stored file that would be refused
 * is none.
 */
public final class SarifLimits {
  private SarifLimits() {}

  /**
   * Names the first limit that is exceeded.
   *
   * @param gzippedBytes length of the file as it is uploaded
   */
  public static Optional<String> exceeded(SarifScan scan, long gzippedBytes) {
    throw new UnsupportedOperationException();
  }
}
