package io.github.cachemesh.core.service;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A place in a policy's YAML and what is there. Every scalar is a text: a commit id of digits and
 * an {@code e} must not become a number. At most {@value #MAX_DEPTH} levels and {@value
 * #MAX_ALIASES} aliases; no key twice.
 */
record PolicyNode(String path, @Nullable Object value) {
  private static final int MAX_DEPTH = 12;
  private static final int MAX_ALIASES = 100;

  /**
   * The document of a file.
   *
   * @param file for messages
   */
  static PolicyNode parse(String file, String yaml) throws InvalidPolicyException {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setSchema(new FailsafeSchema())
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .setCodePointLimit(Followed.MAX_BYTES)
            .build();
    try {
      checkEvents(file, settings, yaml);
      return new PolicyNode(file + ": ", new Load(settings).loadFromString(yaml));
    } catch (YamlEngineException | IllegalArgumentException e) {
      throw new InvalidPolicyException("%s is not YAML: %s".formatted(file, e.getMessage()));
    }
  }

  /** On the parser's events, before anything recursive sees the text. */
  private static void checkEvents(String file, LoadSettings settings, String yaml)
      throws InvalidPolicyException {
    int depth = 0;
    boolean empty = true;
    for (Event event : new Parse(settings).parseString(yaml)) {
      switch (event.getEventId()) {
        case DocumentStart -> empty = false;
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw new InvalidPolicyException(
            "%s is nested deeper than %d levels".formatted(file, MAX_DEPTH));
      }
    }
    if (empty) {
      throw new InvalidPolicyException(file + " is empty: a policy has a version and grants");
    }
  }

  InvalidPolicyException refused(String problem) {
    String place = path.endsWith(": ") ? path : path + ": ";
    return new InvalidPolicyException(place + problem);
  }

  /** The members of a mapping, of which all must be known. */
  Map<String, PolicyNode> members(Set<String> known) throws InvalidPolicyException {
    Map<String, PolicyNode> members = members();
    for (PolicyNode member : members.values()) {
      if (!known.contains(member.name())) {
        throw member.refused("there is no such member; there are " + String.join(", ", known));
      }
    }
    return members;
  }

  Map<String, PolicyNode> members() throws InvalidPolicyException {
    if (!(value instanceof Map<?, ?> map)) {
      throw refused("a mapping is wanted");
    }
    Map<String, PolicyNode> members = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)) {
        throw refused("a key is not a text");
      }
      String separator = path.endsWith(": ") ? "" : ".";
      members.put(name, new PolicyNode(path + separator + name, entry.getValue()));
    }
    return members;
  }

  /** The last part of the path. */
  private String name() {
    return path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(' ')) + 1);
  }

  PolicyNode required(Map<String, PolicyNode> members, String name) throws InvalidPolicyException {
    return Optional.ofNullable(members.get(name))
        .orElseThrow(() -> refused("'%s' is missing".formatted(name)));
  }

  List<PolicyNode> items(int most) throws InvalidPolicyException {
    if (!(value instanceof List<?> list) || list.isEmpty() || list.size() > most) {
      throw refused("a list of 1 to %d is wanted".formatted(most));
    }
    List<PolicyNode> items = new ArrayList<>();
    for (Object item : list) {
      items.add(new PolicyNode("%s[%d]".formatted(path, items.size()), item));
    }
    return items;
  }

  /** A text, or a list of texts. */
  List<String> texts(int most) throws InvalidPolicyException {
    if (value instanceof String) {
      return List.of(text());
    }
    List<String> texts = new ArrayList<>();
    for (PolicyNode item : items(most)) {
      texts.add(item.text());
    }
    return texts;
  }

  String text() throws InvalidPolicyException {
    if (!(value instanceof String text) || text.isBlank()) {
      throw refused("a text is wanted");
    }
    return text;
  }
}
