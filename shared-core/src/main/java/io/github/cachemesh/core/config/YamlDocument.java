package io.github.cachemesh.core.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Turns the text of one file into YAML nodes, within bounds: {@link ConfigText#MAX_BYTES} of text,
 * {@link #MAX_DEPTH} levels, {@link #MAX_ALIASES} aliases, one document, no key twice, only texts
 * as keys. The bounds are checked on the parser's events, before anything recursive sees the text.
 */
final class YamlDocument {
  static final int MAX_DEPTH = 32;
  static final int MAX_ALIASES = 100;

  private final ConfigText source;
  private final LoadSettings settings;
  private final Problems problems;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int documents;
  private int aliases;

  private YamlDocument(ConfigText source, Problems problems) {
    this.source = source;
    this.problems = problems;
    this.settings =
        LoadSettings.builder()
            .setLabel(source.file())
            .setCodePointLimit(ConfigText.MAX_BYTES)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();
  }

  /** The top node, or nothing when the file is empty or has been reported as unusable. */
  static Optional<Node> compose(ConfigText source, Problems problems) {
    return new YamlDocument(source, problems).compose();
  }

  private Optional<Node> compose() {
    if (source.text().length() > ConfigText.MAX_BYTES) {
      report(1, "the file is larger than " + ConfigText.MAX_BYTES + " bytes");
      return Optional.empty();
    }
    try {
      return withinBounds() ? new Compose(settings).composeString(source.text()) : Optional.empty();
    } catch (MarkedYamlEngineException e) {
      report(e.getProblemMark().map(YamlDocument::line).orElse(1), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      report(1, "not YAML: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // What the engine lets through for an escape such as \UFFFFFFFF, which is no code point.
      report(1, "not YAML: a character that does not exist");
    }
    return Optional.empty();
  }

  /** Goes through all events; false once a bound is broken that would make going on pointless. */
  private boolean withinBounds() {
    for (Event event : new Parse(settings).parseString(source.text())) {
      int line = event.getStartMark().map(YamlDocument::line).orElse(1);
      switch (event.getEventId()) {
        case DocumentStart -> {
          if (++documents > 1) {
            report(line, "expected one document, found another one");
            return false;
          }
        }
        case MappingStart, SequenceStart -> {
          value(line, null);
          if (levels.size() == MAX_DEPTH) {
            report(line, "nested deeper than " + MAX_DEPTH + " levels");
            return false;
          }
          levels.push(new Level(event.getEventId() == Event.ID.MappingStart));
        }
        case MappingEnd, SequenceEnd -> levels.pop();
        case Scalar -> value(line, ((ScalarEvent) event).getValue());
        case Alias -> {
          value(line, null);
          if (++aliases > MAX_ALIASES) {
            report(line, "more than " + MAX_ALIASES + " aliases");
            return false;
          }
        }
        default -> {}
      }
    }
    return true;
  }

  /** Takes note of a key or value of the innermost level; {@code text} is null if not a scalar. */
  private void value(int line, @Nullable String text) {
    Level level = levels.peek();
    if (level == null || !level.mapping) {
      return;
    }
    level.key = !level.key;
    if (!level.key) {
      return;
    }
    level.name = text == null ? "?" : text;
    if (text == null) {
      report(line, "expected a text as key, found a list, a mapping or an alias");
    } else if (!level.names.add(text)) {
      report(line, "the key is there twice");
    }
  }

  private void report(int line, String message) {
    String key =
        levels.reversed().stream()
            .filter(level -> level.mapping)
            .map(level -> level.name)
            .collect(Collectors.joining("."));
    problems.error(new Origin.FileLine(source.file(), line), key, message);
  }

  static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  /** A mapping or sequence that is open. */
  private static final class Level {
    final boolean mapping;
    final Set<String> names = new HashSet<>();

    /** Whether what came last in a mapping is a key. */
    boolean key;

    String name = "";

    Level(boolean mapping) {
      this.mapping = mapping;
    }
  }
}
