package io.github.cachemesh.core.sarif;

import java.util.Locale;

/** How GitHub names the {@code security-severity} score of a rule; gravest first. */
public enum SecuritySeverity {
  CRITICAL(9),
  HIGH(7),
  MEDIUM(4),
  LOW(0);

  private final double least;

  SecuritySeverity(double least) {
    this.least = least;
  }

  /**
   * @param score from above 0 to 10
   */
  static SecuritySeverity of(double score) {
    for (SecuritySeverity severity : values()) {
      if (score >= severity.least) {
        return severity;
      }
    }
    return LOW;
  }

  /** As GitHub spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
