package io.github.cachemesh.core.git;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A deny-list of paths. A pattern without a slash matches the last name of a path, one with a slash
 * the whole path from the top. {@code *} and {@code ?} stand for what has no slash, {@code **} for
 * anything; all else stands for itself, and case matters. There is no negation.
 *
 * <p>Immutable. At most 100 patterns of 200 characters.
 */
public final class DenyPatterns {
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_CHARACTERS = 200;

  private final List<String> texts;
  private final List<Pattern> ofNames;
  private final List<Pattern> ofPaths;

  private DenyPatterns(List<String> texts) {
    this.texts = texts;
    this.ofNames =
        texts.stream().filter(it -> it.indexOf('/') < 0).map(DenyPatterns::pattern).toList();
    this.ofPaths =
        texts.stream().filter(it -> it.indexOf('/') >= 0).map(DenyPatterns::pattern).toList();
  }

  /**
   * @throws IllegalArgumentException when there are too many, or one is blank or too long
   */
  public static DenyPatterns of(Collection<String> patterns) {
    if (patterns.size() > MAX_PATTERNS) {
      throw new IllegalArgumentException("more than " + MAX_PATTERNS + " patterns");
    }
    for (String pattern : patterns) {
      if (pattern.isBlank() || pattern.length() > MAX_CHARACTERS) {
        throw new IllegalArgumentException(
            "the pattern '" + RawNames.shown(pattern) + "' is blank or too long");
      }
    }
    return new DenyPatterns(List.copyOf(new TreeSet<>(patterns)));
  }

  /** Whether the file at a path, relative with slashes, is dropped. */
  public boolean drops(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return ofNames.stream().anyMatch(it -> it.matcher(name).matches())
        || ofPaths.stream().anyMatch(it -> it.matcher(path).matches());
  }

  /** Sorted, each once. */
  List<String> texts() {
    return texts;
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int at = glob.startsWith("/") ? 1 : 0; at < glob.length(); at++) {
      char each = glob.charAt(at);
      if (each == '*' && glob.startsWith("**/", at)) {
        regex.append("(?:.*/)?");
        at += 2;
      } else if (each == '*' && glob.startsWith("**", at)) {
        regex.append(".*");
        at++;
      } else if (each == '*') {
        regex.append("[^/]*");
      } else if (each == '?') {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(String.valueOf(each)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
