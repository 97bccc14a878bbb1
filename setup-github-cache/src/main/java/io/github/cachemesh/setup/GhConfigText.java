package io.github.cachemesh.setup;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of gh's {@code config.yml}, of which only the value of {@code http_unix_socket} is ever
 * changed: comments, order and unknown keys stay as they are. Immutable.
 */
final class GhConfigText {
  private static final String KEY = "http_unix_socket";
  private static final int MAX_CODE_POINTS = 1 << 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setLabel("config.yml").setCodePointLimit(MAX_CODE_POINTS).build();

  private final String text;
  private final @Nullable MappingNode root;

  private GhConfigText(String text, @Nullable MappingNode root) {
    this.text = text;
    this.root = root;
  }

  /** Reads a text of at most 1 Mi code points; empty unless it is one YAML mapping, or blank. */
  static Optional<GhConfigText> of(String text) {
    try {
      Node node = new Compose(SETTINGS).composeString(text).orElse(null);
      return switch (node) {
        case null -> Optional.of(new GhConfigText(text, null));
        case MappingNode mapping -> Optional.of(new GhConfigText(text, mapping));
        default -> Optional.empty();
      };
    } catch (YamlEngineException | StackOverflowError e) {
      return Optional.empty();
    }
  }

  /** The socket that gh is told to use, if any. */
  Optional<String> socket() {
    return value()
        .map(node -> node instanceof ScalarNode scalar ? scalar.getValue() : "?")
        .filter(value -> !value.isBlank());
  }

  /** The text with that socket; an empty one stands for none. */
  String withSocket(String socket) {
    String quoted = "'" + socket.replace("'", "''") + "'";
    Optional<Node> value = value();
    if (value.isPresent()) {
      return replaced(value.get(), quoted);
    }
    String line = KEY + ": " + quoted;
    if (root == null) {
      return withLineBreak(text) + line + "\n";
    }
    return root.getFlowStyle() == FlowStyle.FLOW ? inFlow(root, line) : inBlock(root, line);
  }

  private Optional<Node> value() {
    if (root == null) {
      return Optional.empty();
    }
    return root.getValue().stream()
        .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode key && isSocketKey(key))
        .map(NodeTuple::getValueNode)
        .findFirst();
  }

  private static boolean isSocketKey(ScalarNode key) {
    return key.getValue().equals(KEY);
  }

  private String replaced(Node value, String quoted) {
    int start = offset(value.getStartMark());
    int end = offset(value.getEndMark());
    // An empty value begins right after its colon.
    String space = text.startsWith(":", start - 1) ? " " : "";
    return text.substring(0, start) + space + quoted + text.substring(end);
  }

  private String inFlow(MappingNode mapping, String line) {
    int first = offset(mapping.getStartMark()) + 1;
    String separator = mapping.getValue().isEmpty() ? "" : ", ";
    return text.substring(0, first) + line + separator + text.substring(first);
  }

  private String inBlock(MappingNode mapping, String line) {
    int end = offset(mapping.getEndMark());
    String indentation = " ".repeat(mapping.getStartMark().map(Mark::getColumn).orElse(0));
    return withLineBreak(text.substring(0, end)) + indentation + line + "\n" + text.substring(end);
  }

  private static String withLineBreak(String before) {
    return before.isEmpty() || before.endsWith("\n") ? before : before + "\n";
  }

  /** Marks count code points. */
  private int offset(Optional<Mark> mark) {
    return text.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }
}
