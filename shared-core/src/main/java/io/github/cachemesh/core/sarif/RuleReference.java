package io.github.cachemesh.core.sarif;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a result names its rule, SARIF 2.1.0 section 3.27.7: by id, or by index in the driver or an
 * extension.
 *
 * @param index negative if there is none
 * @param extension negative for the driver
 */
record RuleReference(@Nullable String id, int index, int extension) {

  /** Gathers a reference over the members of a result that make it up. */
  static final class Reader {
    private static final int NONE = -1;

    private final JsonCursor json;
    private final Kept kept;
    private @Nullable String ruleId;
    private @Nullable String id;
    private int ruleIndex = NONE;
    private int index = NONE;
    private int extension = NONE;

    Reader(JsonCursor json, Kept kept) {
      this.json = json;
      this.kept = kept;
    }

    /** Reads a result's member, if it is of its rule. */
    boolean member(String name) throws IOException {
      switch (name) {
        case "ruleId" -> ruleId = json.text();
        case "ruleIndex" -> ruleIndex = index();
        case "rule" -> json.object(this::ofRule);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean ofRule(String name) throws IOException {
      switch (name) {
        case "id" -> id = json.text();
        case "index" -> index = index();
        case "toolComponent" -> json.object(this::ofComponent);
        default -> {
          return false;
        }
      }
      return true;
    }

    private boolean ofComponent(String name) throws IOException {
      if (!name.equals("index")) {
        return false;
      }
      extension = index();
      return true;
    }

    private int index() throws IOException {
      @Nullable Integer value = json.number();
      return value == null ? NONE : value;
    }

    RuleReference reference() throws IOException {
      @Nullable String named = ruleId == null ? id : ruleId;
      return new RuleReference(
          named == null ? null : kept.string(named), index < 0 ? ruleIndex : index, extension);
    }
  }
}
