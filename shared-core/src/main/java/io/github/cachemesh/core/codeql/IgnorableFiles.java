package io.github.cachemesh.core.codeql;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files whose changes {@code ignore-changes} may leave out of account: documents and images, by
 * their endings, which no extractor reads. A pattern that could match anything else is refused.
 */
final class IgnorableFiles {
  private static final Pattern ALLOWED =
      Pattern.compile(
          "([^/]*/)*[^/]*\\.(md|markdown|adoc|rst|png|jpg|jpeg|gif|webp|bmp|ico|pdf)"
              + "|([^/]*/)*(LICENSE|NOTICE|AUTHORS|CODEOWNERS)");

  private IgnorableFiles() {}

  /** The first pattern that may not be used. */
  static Optional<String> refused(Set<String> patterns) {
    return patterns.stream().filter(pattern -> !ALLOWED.matcher(pattern).matches()).findFirst();
  }
}
