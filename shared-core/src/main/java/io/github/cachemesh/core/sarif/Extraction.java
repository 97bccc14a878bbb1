package io.github.cachemesh.core.sarif;

/**
 * What the extractor says of itself in a SARIF file: a scan that saw fewer files than it should
 * have proves nothing of the others.
 *
 * @param extracted files reported as successfully extracted
 * @param expected files that the CLI expected, 0 if it does not say
 * @param missed expected ones that were not extracted
 */
public record Extraction(int extracted, int expected, int missed) {
  /** From 0 to 1; 1 if nothing was expected. */
  public double ratio() {
    return expected == 0 ? 1 : (double) (expected - missed) / expected;
  }
}
