package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.YamlValue.Listing;
import io.github.cachemesh.core.workflow.YamlValue.Mapping;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML document within bounds: {@link #MAX_CHARS} of text, {@link #MAX_DEPTH} levels and
 * {@link #MAX_WEIGHT} characters and nodes with every alias counted as often as it is used. No key
 * twice, only texts as keys, no tags and, as on GitHub, no merge keys. Works on the parser's events
 * without recursion, so nothing hostile exhausts the stack.
 */
final class WorkflowReader {
  static final int MAX_CHARS = 1024 * 1024;
  static final int MAX_DEPTH = 50;
  static final int MAX_WEIGHT = 4 * MAX_CHARS;

  private final String path;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<Anchor, Weighed> anchors = new HashMap<>();
  private @Nullable Weighed document;
  private int line = 1;

  private WorkflowReader(String path) {
    this.path = path;
  }

  /**
   * @throws InvalidWorkflowException for what is not YAML, breaks a bound or is no mapping
   */
  static Mapping read(String yaml, String path) throws InvalidWorkflowException {
    return new WorkflowReader(path).read(yaml);
  }

  private Mapping read(String yaml) throws InvalidWorkflowException {
    if (yaml.length() > MAX_CHARS) {
      throw invalid("the file is larger than " + MAX_CHARS + " characters");
    }
    LoadSettings settings =
        LoadSettings.builder().setLabel(path).setCodePointLimit(MAX_CHARS).build();
    try {
      for (Event event : new Parse(settings).parseString(yaml)) {
        line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(line);
        take(event);
      }
    } catch (MarkedYamlEngineException e) {
      line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(line);
      throw invalid("not YAML");
    } catch (YamlEngineException | IllegalArgumentException e) {
      // The latter for an escape such as \UFFFFFFFF, which is no code point.
      throw invalid("not YAML");
    }
    if (document != null && document.value instanceof Mapping mapping) {
      return mapping;
    }
    throw invalid("expected a mapping");
  }

  private void take(Event event) throws InvalidWorkflowException {
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> start((CollectionStartEvent) event);
      case MappingEnd, SequenceEnd -> {
        Open ended = open.pop();
        add(ended.anchor, new Weighed(ended.value(), ended.weight, ended.depth));
      }
      case Scalar -> {
        ScalarEvent scalar = (ScalarEvent) event;
        requireNoTag(scalar.getTag());
        Text text = new Text(scalar.getValue(), scalar.isPlain(), line);
        add(scalar.getAnchor(), new Weighed(text, 1L + text.text().length(), 0));
      }
      case Alias -> {
        // An anchor is known only once its value is complete, so nothing contains itself.
        Weighed target = anchors.get(((AliasEvent) event).getAlias());
        if (target == null || key() == null && open.peek() instanceof Open top && top.mapping) {
          throw invalid("an alias that stands for nothing or is a key");
        }
        add(Optional.empty(), target);
      }
      default -> {}
    }
  }

  private void start(CollectionStartEvent event) throws InvalidWorkflowException {
    requireNoTag(event.getTag());
    boolean mapping = event.getEventId() == Event.ID.MappingStart;
    if (open.peek() instanceof Open top && top.mapping && top.key == null) {
      throw invalid("expected a text as key");
    }
    if (open.size() == MAX_DEPTH) {
      throw invalid("nested deeper than " + MAX_DEPTH + " levels");
    }
    open.push(new Open(mapping, line, ((NodeEvent) event).getAnchor()));
  }

  private @Nullable String key() {
    return open.peek() instanceof Open top ? top.key : null;
  }

  private void add(Optional<Anchor> anchor, Weighed value) throws InvalidWorkflowException {
    anchor.ifPresent(name -> anchors.put(name, value));
    Open parent = open.peek();
    if (parent == null) {
      if (document != null) {
        throw invalid("expected one document, found another one");
      }
      document = value;
      return;
    }
    parent.weight += value.weight;
    parent.depth = Math.max(parent.depth, value.depth + 1);
    if (parent.weight > MAX_WEIGHT) {
      throw invalid("its aliases make it larger than " + MAX_WEIGHT + " characters");
    }
    if (open.size() + value.depth > MAX_DEPTH) {
      throw invalid("nested deeper than " + MAX_DEPTH + " levels");
    }
    if (!parent.mapping) {
      parent.items.add(value.value);
    } else if (parent.key != null) {
      parent.members.put(parent.key, value.value);
      parent.key = null;
    } else if (value.value instanceof Text text) {
      startMember(parent, text);
    }
  }

  private void startMember(Open parent, Text key) throws InvalidWorkflowException {
    if (parent.members.containsKey(key.text())) {
      throw invalid("a key is there twice");
    }
    if (key.plain() && key.text().equals("<<")) {
      throw invalid("merge keys are not known to GitHub Actions");
    }
    parent.key = key.text();
  }

  private void requireNoTag(Optional<String> tag) throws InvalidWorkflowException {
    if (tag.isPresent()) {
      throw invalid("tags are not understood");
    }
  }

  private InvalidWorkflowException invalid(String problem) {
    return new InvalidWorkflowException(path, line, problem);
  }

  /** A complete value with its characters and nodes, and the levels below it. */
  private record Weighed(YamlValue value, long weight, int depth) {}

  /** A mapping or sequence that has not ended. */
  private static final class Open {
    final boolean mapping;
    final int line;
    final Optional<Anchor> anchor;
    final Map<String, YamlValue> members = new LinkedHashMap<>();
    final List<YamlValue> items = new ArrayList<>();
    @Nullable String key;
    long weight = 1;
    int depth;

    Open(boolean mapping, int line, Optional<Anchor> anchor) {
      this.mapping = mapping;
      this.line = line;
      this.anchor = anchor;
    }

    YamlValue value() {
      return mapping ? new Mapping(members, line) : new Listing(items, line);
    }
  }
}
