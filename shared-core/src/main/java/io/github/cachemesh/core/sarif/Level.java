package io.github.cachemesh.core.sarif;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How grave a result is, SARIF 2.1.0 section 3.27.10; gravest first. */
public enum Level {
  ERROR,
  WARNING,
  NOTE,
  NONE;

  /** As SARIF spells it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Level> of(String word) {
    return Stream.of(values()).filter(level -> level.word().equals(word)).findFirst();
  }
}
