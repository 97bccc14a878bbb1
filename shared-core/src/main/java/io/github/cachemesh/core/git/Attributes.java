package io.github.cachemesh.core.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;

/**
 * The attributes of the paths of an index: of the {@code .gitattributes} that it holds and of the
 * repository's {@code info/attributes}. Those of a user or a machine are left out.
 *
 * <p>Not thread-safe. A file of more than 1 MiB is refused.
 */
final class Attributes {
  private static final int MAX_FILE_BYTES = 1 << 20;
  private static final String MACRO = "[attr]";
  private static final int MAX_MACRO_DEPTH = 16;

  private final GitIndex index;
  private final GitObjects objects;
  private final Map<String, List<AttributesRule>> rulesOfFolders = new HashMap<>();
  private final List<AttributesRule> own;
  private final Map<String, List<Attribute>> macros = new HashMap<>();

  /**
   * @param info the repository's {@code info/attributes}, which need not exist
   */
  Attributes(GitIndex index, GitObjects objects, Path info) throws Finding, IOException {
    this.index = index;
    this.objects = objects;
    macros.put(
        "binary",
        List.of(
            new Attribute("diff", Attribute.State.UNSET),
            new Attribute("merge", Attribute.State.UNSET),
            new Attribute("text", Attribute.State.UNSET)));
    define(rulesOf(""));
    own = readInfo(info);
    define(own);
  }

  private static List<AttributesRule> readInfo(Path info) throws Finding, IOException {
    if (!Files.isRegularFile(info)) {
      return List.of();
    }
    try (var in = Files.newInputStream(info)) {
      byte[] text = in.readNBytes(MAX_FILE_BYTES + 1);
      if (text.length > MAX_FILE_BYTES) {
        throw new Finding(Unfitness.UNSUPPORTED, "info/attributes is too large");
      }
      return parse(text);
    }
  }

  private void define(List<AttributesRule> rules) {
    for (AttributesRule rule : rules) {
      if (rule.getPattern().startsWith(MACRO)) {
        macros.put(rule.getPattern().substring(MACRO.length()).strip(), rule.getAttributes());
      }
    }
  }

  /** The attributes of a file, by name. */
  Map<String, Attribute> of(byte[] path) throws Finding, CheckoutException {
    String name = new String(path, StandardCharsets.UTF_8);
    Map<String, Attribute> attributes = new HashMap<>();
    int from = 0;
    do {
      String folder = from == 0 ? "" : name.substring(0, from - 1);
      apply(rulesOf(folder), name.substring(from), attributes);
      from = name.indexOf('/', from) + 1;
    } while (from > 0);
    apply(own, name, attributes);
    return attributes;
  }

  private void apply(
      List<AttributesRule> rules, String relative, Map<String, Attribute> attributes) {
    for (AttributesRule rule : rules) {
      if (!rule.getPattern().startsWith(MACRO) && rule.isMatch(relative, false)) {
        for (Attribute attribute : rule.getAttributes()) {
          put(attribute, attributes, 0);
        }
      }
    }
  }

  private void put(Attribute attribute, Map<String, Attribute> attributes, int depth) {
    List<Attribute> expansion = macros.get(attribute.getKey());
    if (expansion != null
        && attribute.getState() == Attribute.State.SET
        && depth < MAX_MACRO_DEPTH) {
      for (Attribute each : expansion) {
        put(each, attributes, depth + 1);
      }
    }
    attributes.put(attribute.getKey(), attribute);
  }

  private List<AttributesRule> rulesOf(String folder) throws Finding, CheckoutException {
    List<AttributesRule> known = rulesOfFolders.get(folder);
    if (known == null) {
      known = readRules(folder);
      rulesOfFolders.put(folder, known);
    }
    return known;
  }

  private List<AttributesRule> readRules(String folder) throws Finding, CheckoutException {
    String path = (folder.isEmpty() ? "" : folder + "/") + Constants.DOT_GIT_ATTRIBUTES;
    int at = index.find(path.getBytes(StandardCharsets.UTF_8));
    // Git does not follow a symbolic link of that name either.
    if (at < 0 || index.entry(at).getFileMode() == FileMode.SYMLINK) {
      return List.of();
    }
    Optional<byte[]> text =
        objects.read(index.entry(at).getObjectId(), Constants.OBJ_BLOB, MAX_FILE_BYTES);
    if (text.isEmpty()) {
      throw new Finding(
          Unfitness.UNSUPPORTED, "the object of " + RawNames.shown(path) + " is not here");
    }
    try {
      return parse(text.get());
    } catch (IOException | RuntimeException e) {
      throw new Finding(Unfitness.UNSUPPORTED, RawNames.shown(path) + " cannot be read");
    }
  }

  private static List<AttributesRule> parse(byte[] text) throws IOException {
    AttributesNode node = new AttributesNode();
    node.parse(new ByteArrayInputStream(text));
    return new ArrayList<>(node.getRules());
  }
}
