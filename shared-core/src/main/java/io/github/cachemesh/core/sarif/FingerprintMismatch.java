package io.github.cachemesh.core.sarif;

import org.jspecify.annotations.Nullable;

/**
 * A result whose recorded fingerprint is not that of its line.
 *
 * @param line as in {@link SarifResult#startLine}
 * @param recorded empty if none is
 * @param computed empty if there is no such line
 */
public record FingerprintMismatch(
    String path, int line, Kind kind, String recorded, String computed) {

  /** Why. */
  public enum Kind {
    /** The line has another hash. */
    DIFFERENT,
    /** The checkout has no such file, or the result names none. */
    NO_FILE,
    /** The file is shorter. */
    NO_LINE,
    /** The file has more lines than are hashed. */
    TOO_LONG,
    /** The result has no fingerprint to compare. */
    NOT_RECORDED
  }

  static FingerprintMismatch of(SarifResult result, Kind kind, @Nullable LineHash computed) {
    return new FingerprintMismatch(
        result.path(),
        result.startLine(),
        kind,
        result.primaryLocationLineHash().orElse(""),
        computed == null ? "" : computed.text());
  }

  /** Does not tell the alert. */
  @Override
  public String toString() {
    return "mismatch: " + kind;
  }
}
