package io.github.cachemesh.core.credential;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Who has a key of a store. Immutable.
 *
 * @param name 1 to 100 letters, digits, dots, dashes and underscores
 * @param owner whether the key opens everything and signs
 * @param scopes what the key of another than an owner opens
 * @param protection how the key is kept
 */
public record Holder(String name, boolean owner, List<Scope> scopes, Protection protection) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  public Holder {
    scopes = List.copyOf(scopes);
  }

  /**
   * @throws IllegalArgumentException when it is no holder's name
   */
  static String checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a holder's name has 1 to 100 letters, digits, dots, dashes and underscores");
    }
    return name;
  }
}
