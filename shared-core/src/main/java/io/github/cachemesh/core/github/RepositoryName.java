package io.github.cachemesh.core.github;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The owner and name of a repository, each of the characters that GitHub allows in them. */
public record RepositoryName(String owner, String name) {
  private static final String PART = "[A-Za-z0-9._-]{1,100}";
  private static final Pattern FULL = Pattern.compile("(" + PART + ")/(" + PART + ")");

  /**
   * @throws IllegalArgumentException when a part cannot be one; the message names it
   */
  public RepositoryName {
    check(owner, owner, name);
    check(name, owner, name);
  }

  /**
   * Reads {@code owner/name}, as in {@code GITHUB_REPOSITORY}.
   *
   * @throws IllegalArgumentException when the text is none; the message names it
   */
  public static RepositoryName parse(String fullName) {
    Matcher matcher = FULL.matcher(fullName);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + fullName + "' is no repository; give owner/name");
    }
    return new RepositoryName(matcher.group(1), matcher.group(2));
  }

  /** A dot or two would climb out of the URL's path. */
  private static void check(String part, String owner, String name) {
    if (!part.matches(PART) || part.equals(".") || part.equals("..")) {
      throw new IllegalArgumentException(
          "'" + owner + "/" + name + "' is no repository; give owner/name");
    }
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
