package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.github.RepositoryName;
import java.util.Locale;

/**
 * Which repository a scope is about. Only an id is proven by a token: names are given up and taken
 * by others. Immutable.
 */
public sealed interface RepositoryRef {

  /** The repository's number. */
  record Id(long number) implements RepositoryRef {
    /**
     * @throws IllegalArgumentException when it is not positive
     */
    public Id {
      if (number <= 0) {
        throw new IllegalArgumentException("a repository's id is positive, not " + number);
      }
    }

    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  /**
   * The repository's name.
   *
   * @param fullName {@code owner/name}; kept in lower case, as GitHub tells no cases apart
   */
  record Name(String fullName) implements RepositoryRef {
    /**
     * @throws IllegalArgumentException when it is no name
     */
    public Name {
      fullName = RepositoryName.parse(fullName).toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return fullName;
    }
  }

  /**
   * Reads an id or {@code owner/name}.
   *
   * @throws IllegalArgumentException when the text is neither
   */
  static RepositoryRef parse(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? new Id(Long.parseLong(text)) : new Name(text);
  }
}
