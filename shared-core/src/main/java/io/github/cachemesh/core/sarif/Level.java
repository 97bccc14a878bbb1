package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  static @Nullable Level read(JsonCursor json) throws IOException {
    @Nullable String word = json.text();
    if (word == null) {
      return null;
    }
    return Stream.of(values())
        .filter(level -> level.word().equals(word))
        .findFirst()
        .orElseThrow(() -> json.wrongType("error, warning, note or none"));
  }
}
