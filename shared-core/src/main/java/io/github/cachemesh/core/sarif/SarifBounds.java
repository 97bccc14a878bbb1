package io.github.cachemesh.core.sarif;

/**
 * What reading one file may cost. Anything above is {@link InvalidSarifException.Fault#TOO_LARGE}
 * or {@code TOO_DEEP}.
 *
 * @param maxBytes of the text, uncompressed
 * @param maxKeptBytes heap for what is kept of it, by an estimate
 * @param maxResults of one run
 * @param maxDepth of nested arrays and objects
 * @param maxText characters of one kept string, of a number and of a member's name
 */
public record SarifBounds(
    long maxBytes, long maxKeptBytes, int maxResults, int maxDepth, int maxText) {
  private static final int MIB = 1 << 20;

  /**
   * For a heap of 64 MiB: 512 MiB of text, of which 40 MiB are kept, and more results than GitHub
   * takes, so that {@link SarifLimits} can tell.
   */
  public static final SarifBounds DEFAULT =
      new SarifBounds(512L * MIB, 40L * MIB, 50_000, 64, 16 << 10);

  public SarifBounds {
    if (maxBytes < 1 || maxKeptBytes < 1 || maxResults < 1 || maxDepth < 1 || maxText < 1) {
      throw new IllegalArgumentException("every bound is at least 1");
    }
  }
}
