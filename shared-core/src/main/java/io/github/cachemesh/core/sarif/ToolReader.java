package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a run's {@code tool}: its driver, its packs and the rules of both. */
final class ToolReader {
  private static final int DRIVER = -1;

  private final JsonCursor json;
  private final Kept kept;
  private final SizesSoFar sizes;
  private final List<Pack> packs = new ArrayList<>();
  private final RuleTable rules = new RuleTable();
  private @Nullable Pack driver;

  ToolReader(JsonCursor json, Kept kept, SizesSoFar sizes) {
    this.json = json;
    this.kept = kept;
    this.sizes = sizes;
  }

  void read() throws IOException {
    json.object(this::member);
  }

  /** Its name and version, if the run has one. */
  Optional<Pack> driver() {
    return Optional.ofNullable(driver);
  }

  List<Pack> packs() {
    return packs;
  }

  RuleTable rules() {
    return rules;
  }

  private boolean member(String name) throws IOException {
    switch (name) {
      case "driver" -> driver = new Component(DRIVER).read();
      case "extensions" -> json.array(this::extension);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void extension() throws IOException {
    sizes.extension();
    kept.charge(Kept.RECORD_BYTES);
    packs.add(new Component(packs.size()).read());
  }

  /** Reads one {@code toolComponent}. */
  private final class Component {
    private final int extension;
    private @Nullable String name;
    private @Nullable String version;

    Component(int extension) {
      this.extension = extension;
    }

    Pack read() throws IOException {
      json.object(this::member);
      return new Pack(
          kept.string(name == null ? "" : name),
          version == null ? Optional.empty() : Optional.of(kept.string(version)));
    }

    private boolean member(String member) throws IOException {
      switch (member) {
        case "name" -> name = json.text();
        case "semanticVersion" -> version = json.text();
        case "rules" -> json.array(() -> rules.add(extension, RuleReader.read(json, kept, sizes)));
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
