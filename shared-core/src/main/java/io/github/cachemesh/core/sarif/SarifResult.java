package io.github.cachemesh.core.sarif;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One result, at its first location; without its text. Small, as a file may hold half a million.
 *
 * @param level its own, else its rule's
 * @param path decoded and without {@code file://}, mostly relative to the source root; empty if it
 *     names no file
 * @param startLine from 1; 0 if it has none
 * @param fingerprint its {@code primaryLocationLineHash}, if recorded
 * @param locations how many it has
 */
public record SarifResult(
    SarifRule rule,
    Level level,
    String path,
    int startLine,
    @Nullable Fingerprint fingerprint,
    int locations) {

  public String ruleId() {
    return rule.id();
  }

  public Optional<SecuritySeverity> securitySeverity() {
    return rule.severity();
  }

  /** As recorded. */
  public Optional<String> primaryLocationLineHash() {
    return Optional.ofNullable(fingerprint).map(Fingerprint::text);
  }

  /** Does not tell the alert. */
  @Override
  public String toString() {
    return "result of level " + level.word();
  }
}
