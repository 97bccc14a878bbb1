package io.github.cachemesh.core.codeql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether what a scan is made of is named so that it cannot become something else: versions in
 * full, commits in full, files of the checkout.
 */
final class Pins {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pattern SUITE = Pattern.compile("[A-Za-z0-9-]+");
  private static final Pattern PACK =
      Pattern.compile("[a-z0-9-]+/[a-z0-9-]+@[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?(:[^:@]+)?");

  private Pins() {}

  static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }

  /** Whether it is a release of the CLI; nightly ones have more to their version. */
  static boolean isRelease(String version) {
    return VERSION.matcher(version).matches();
  }

  /** The first of a list of queries, as the action's input has them, that may move. */
  static Optional<String> movingQuery(String input) {
    return elements(input).filter(query -> !isPinnedQuery(query)).findFirst();
  }

  /** The first of a list of packs that may move. */
  static Optional<String> movingPack(String input) {
    return elements(input).filter(pack -> !isPinnedPack(pack)).findFirst();
  }

  /** What a list in an input names; a plus sign before it means that it adds to others. */
  static Stream<String> elements(String input) {
    String list = input.strip();
    list = list.startsWith("+") ? list.substring(1).strip() : list;
    return list.isEmpty() ? Stream.of() : Arrays.stream(list.split(",", -1)).map(String::strip);
  }

  /** A suite of the bundle, a path of the checkout, or a repository at a commit. */
  static boolean isPinnedQuery(String uses) {
    if (uses.startsWith("./")) {
      return staysInside(uses);
    }
    int at = uses.lastIndexOf('@');
    return at < 0
        ? SUITE.matcher(uses).matches()
        : uses.indexOf('/') > 0 && isCommit(uses.substring(at + 1));
  }

  static boolean isPinnedPack(String pack) {
    return PACK.matcher(pack).matches();
  }

  /** Whether {@code config-file} names a file of the checkout. */
  static boolean isLocalFile(String configFile) {
    return configFile.startsWith("./") || configFile.indexOf('@') < 0;
  }

  /** Whether {@code config-file} names what cannot become another file for this checkout. */
  static boolean isPinnedFile(String configFile) {
    if (isLocalFile(configFile)) {
      return staysInside(configFile);
    }
    return isCommit(configFile.substring(configFile.indexOf('@') + 1));
  }

  private static boolean staysInside(String path) {
    return !path.startsWith("/")
        && path.indexOf('\\') < 0
        && !List.of(path.split("/", -1)).contains("..");
  }
}
