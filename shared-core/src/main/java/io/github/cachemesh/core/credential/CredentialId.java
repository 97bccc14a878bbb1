package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.util.regex.Pattern;

/**
 * What a record is found by: the same name may have a value in each scope. Immutable.
 *
 * @param name 1 to 200 letters, digits, dots, dashes, slashes and underscores, beginning with a
 *     letter, a digit or an underscore
 */
public record CredentialId(String name, Scope scope) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}");

  /**
   * @throws IllegalArgumentException when the name does not have that form
   */
  public CredentialId {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a name has 1 to 200 letters, digits, dots, dashes, slashes and underscores and begins"
              + " with a letter, a digit or an underscore");
    }
  }

  /**
   * Reads what somebody gave.
   *
   * @throws StoreRefusedException {@link Fault#MALFORMED} when the name does not have its form
   */
  public static CredentialId parse(String name, Scope scope) throws StoreRefusedException {
    try {
      return new CredentialId(name, scope);
    } catch (IllegalArgumentException e) {
      throw new StoreRefusedException(Fault.MALFORMED, e);
    }
  }

  /** {@code NAME (SCOPE)}. */
  @Override
  public String toString() {
    return name + " (" + scope + ")";
  }
}
