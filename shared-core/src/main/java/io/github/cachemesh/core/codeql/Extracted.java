package io.github.cachemesh.core.codeql;

/** How many of the files that a scan should have seen it saw, as its SARIF says. */
public record Extracted(long files, long expected) {
  public Extracted {
    if (files < 0 || expected < files) {
      throw new IllegalArgumentException(
          "%d of %d files cannot have been extracted".formatted(files, expected));
    }
  }

  /** Whether a smaller part was seen than in {@code other}. */
  boolean isWorseThan(Extracted other) {
    return Math.multiplyHigh(files, other.expected) < Math.multiplyHigh(other.files, expected)
        || files * other.expected < other.files * expected;
  }
}
