package io.github.cachemesh.core.sarif;

import java.util.Comparator;

/**
 * What tells two results apart across scans.
 *
 * @param path as in {@link SarifResult#path}
 * @param fingerprint as recorded, empty if none is
 */
public record ResultIdentity(String ruleId, String path, String fingerprint) {
  static final Comparator<ResultIdentity> ORDER =
      Comparator.comparing(ResultIdentity::path)
          .thenComparing(ResultIdentity::ruleId)
          .thenComparing(ResultIdentity::fingerprint);

  static ResultIdentity of(SarifResult result) {
    return new ResultIdentity(
        result.ruleId(), result.path(), result.primaryLocationLineHash().orElse(""));
  }

  /** Does not tell the alert, only which one is meant. */
  @Override
  public String toString() {
    return "result " + Integer.toHexString(hashCode());
  }
}
