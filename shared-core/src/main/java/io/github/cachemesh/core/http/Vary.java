package io.github.cachemesh.core.http;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which of the request fields that enter GitHub's ETags a response says that it varies by.
 *
 * <p>Immutable. A response without {@code Vary}, or with {@code *}, counts every one of them: the
 * tag computed then is at worst one that GitHub does not know.
 */
public record Vary(Set<Input> inputs) {

  /** A request field that enters an ETag, in the order in which it does. */
  public enum Input {
    ACCEPT("Accept"),
    AUTHORIZATION("Authorization"),
    COOKIE("Cookie");

    private final String fieldName;

    Input(String fieldName) {
      this.fieldName = fieldName;
    }

    String fieldName() {
      return fieldName;
    }
  }

  public static final Vary BY_ALL = new Vary(EnumSet.allOf(Input.class));

  public Vary {
    inputs = Set.copyOf(inputs);
  }

  public static Vary of(Fields response) {
    var members = response.members("Vary");
    if (members.isEmpty() || members.contains("*")) {
      return BY_ALL;
    }
    Set<Input> inputs = EnumSet.noneOf(Input.class);
    for (String member : members) {
      for (Input input : Input.values()) {
        if (input.fieldName.toLowerCase(Locale.ROOT).equals(member.toLowerCase(Locale.ROOT))) {
          inputs.add(input);
        }
      }
    }
    return new Vary(inputs);
  }

  /**
   * This and the credentials. What GitHub said to an anonymous caller leaves them out, yet they
   * enter the tags of all others; a caller without them is not affected.
   */
  Vary andCredentials() {
    Set<Input> more = EnumSet.of(Input.AUTHORIZATION, Input.COOKIE);
    more.addAll(inputs);
    return new Vary(more);
  }
}
