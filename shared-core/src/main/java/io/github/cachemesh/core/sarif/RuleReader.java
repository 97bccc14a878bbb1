package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one {@code reportingDescriptor}. */
final class RuleReader {
  /** A score has one digit before the point, or is 10. */
  private static final Pattern SCORE = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,8})?");

  private final JsonCursor json;
  private @Nullable String id;
  private @Nullable Level level;
  private @Nullable String score;
  private int tags;

  private RuleReader(JsonCursor json) {
    this.json = json;
  }

  static SarifRule read(JsonCursor json, Kept kept, SizesSoFar sizes) throws IOException {
    RuleReader reader = new RuleReader(json);
    json.object(reader::member);
    sizes.rule(reader.tags);
    kept.charge(Kept.RECORD_BYTES);
    return new SarifRule(
        kept.string(reader.id == null ? "" : reader.id),
        reader.level == null ? Level.WARNING : reader.level,
        severity(reader.score));
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "id" -> id = json.text();
      case "defaultConfiguration" -> json.object(this::configuration);
      case "properties" -> json.object(this::property);
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean configuration(String name) throws IOException {
    if (!name.equals("level")) {
      return false;
    }
    level = Level.read(json);
    return true;
  }

  private boolean property(String name) throws IOException {
    switch (name) {
      case "security-severity" -> score = json.text();
      case "tags" -> tags = json.length();
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Optional<SecuritySeverity> severity(@Nullable String score) {
    if (score == null || !SCORE.matcher(score).matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(score);
    return value > 0 ? Optional.of(SecuritySeverity.of(value)) : Optional.empty();
  }
}
