package io.github.cachemesh.core.sarif;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one {@code result}, whose rule and artifact may follow it in the file. */
final class ResultReader {
  private static final String FAIL = "fail";

  private final JsonCursor json;
  private final Kept kept;
  private final RuleReference.Reader rule;
  private Place place = Place.NOWHERE;
  private @Nullable Level level;
  private @Nullable String kind;
  private @Nullable Fingerprint fingerprint;
  private int locations;
  private int threadFlowLocations;

  /**
   * As read.
   *
   * @param level null if it is the rule's
   */
  record Unresolved(
      RuleReference rule,
      @Nullable Level level,
      Place place,
      @Nullable Fingerprint fingerprint,
      int locations) {}

  private ResultReader(JsonCursor json, Kept kept) {
    this.json = json;
    this.kept = kept;
    rule = new RuleReference.Reader(json, kept);
  }

  static Unresolved read(JsonCursor json, Kept kept, SizesSoFar sizes) throws IOException {
    ResultReader reader = new ResultReader(json, kept);
    json.object(reader::member);
    sizes.result(reader.locations, reader.threadFlowLocations);
    kept.charge(Kept.RESULT_BYTES);
    return new Unresolved(
        reader.rule.reference(),
        reader.level(),
        reader.place,
        reader.fingerprint,
        reader.locations);
  }

  /** SARIF 2.1.0 section 3.27.10: what is no failure has no level. */
  private @Nullable Level level() {
    return level == null && kind != null && !kind.equals(FAIL) ? Level.NONE : level;
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "level" -> level = Level.read(json);
      case "kind" -> kind = json.text();
      case "locations" -> json.array(this::location);
      case "partialFingerprints" -> json.object(this::ofFingerprints);
      case "codeFlows" -> json.array(() -> json.object(this::ofCodeFlow));
      default -> {
        return rule.member(name);
      }
    }
    return true;
  }

  private void location() throws IOException {
    Place read = Place.ofLocation(json, kept);
    if (locations++ == 0) {
      place = read;
    }
  }

  private boolean ofFingerprints(String name) throws IOException {
    if (!name.equals("primaryLocationLineHash")) {
      return false;
    }
    @Nullable String text = json.text();
    if (text != null) {
      fingerprint = Fingerprint.of(text);
      if (fingerprint instanceof Fingerprint.Foreign) {
        fingerprint = new Fingerprint.Foreign(kept.string(text));
      }
    }
    return true;
  }

  private boolean ofCodeFlow(String name) throws IOException {
    if (!name.equals("threadFlows")) {
      return false;
    }
    json.array(() -> json.object(this::ofThreadFlow));
    return true;
  }

  private boolean ofThreadFlow(String name) throws IOException {
    if (!name.equals("locations")) {
      return false;
    }
    threadFlowLocations += json.length();
    return true;
  }
}
