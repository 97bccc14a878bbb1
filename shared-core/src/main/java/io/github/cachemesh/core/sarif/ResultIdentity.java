package io.github.cachemesh.core.sarif;

/**
 * What tells two results apart across scans.
 *
 * @param path as in {@link SarifResult#path}
 * @param fingerprint as recorded, empty if none is
 */
public record ResultIdentity(String ruleId, String path, String fingerprint) {
  static ResultIdentity of(SarifResult result) {
    return new ResultIdentity(
        result.ruleId(), result.path(), result.primaryLocationLineHash().orElse(""));
  }
}
