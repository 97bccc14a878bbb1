package io.github.cachemesh.actions;

import io.github.cachemesh.actions.ActionMetadata.Input;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The inputs of an action, as text, checked on reading: every error names the input and quotes what
 * action.yml says of it. Values are trimmed. Where the runner passes no variable (act does so in
 * post), the default of action.yml holds unless it is an expression.
 *
 * <p>Every method throws {@link IllegalArgumentException} for an input that action.yml does not
 * declare, and {@link ActionFailure} for a value that does not fit.
 */
public final class Inputs {
  private static final List<String> TRUE = List.of("true", "True", "TRUE");
  private static final List<String> FALSE = List.of("false", "False", "FALSE");
  private static final int MAX_QUOTED = 60;

  private final ActionMetadata metadata;
  private final Map<String, String> env;

  Inputs(ActionMetadata metadata, Map<String, String> env) {
    this.metadata = metadata;
    this.env = env;
  }

  /** The value, which must not be blank. */
  public String required(String name) {
    return optional(name)
        .orElseThrow(() -> failure(metadata.input(name), "is required and was not given"));
  }

  /** The value, or empty when it is blank. */
  public Optional<String> optional(String name) {
    Input input = metadata.input(name);
    return Optional.ofNullable(env.get(input.variable()))
        .or(input::literalDefault)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** A boolean of the YAML 1.2 core schema: true, True, TRUE, false, False or FALSE. */
  public boolean bool(String name) {
    String value = required(name);
    if (!TRUE.contains(value) && !FALSE.contains(value)) {
      throw failure(metadata.input(name), "must be true or false, not " + quoted(value));
    }
    return TRUE.contains(value);
  }

  /** A whole number in decimal notation from {@code min} to {@code max}, both included. */
  public long integer(String name, long min, long max) {
    String value = required(name);
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Reported below, as a number out of range is.
    }
    throw failure(
        metadata.input(name),
        "must be a whole number from " + min + " to " + max + ", not " + quoted(value));
  }

  /** The items between line breaks and commas, trimmed, without blank ones. */
  public List<String> list(String name) {
    return optional(name).stream()
        .flatMap(value -> Arrays.stream(value.split("[\r\n,]")))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** The constant whose name, in lower case and with hyphens, is the value. */
  public <E extends Enum<E>> E choice(String name, Class<E> type) {
    String value = required(name);
    for (E constant : type.getEnumConstants()) {
      if (spelling(constant).equals(value)) {
        return constant;
      }
    }
    String allowed =
        Arrays.stream(type.getEnumConstants())
            .map(Inputs::spelling)
            .collect(Collectors.joining(", "));
    throw failure(metadata.input(name), "must be one of " + allowed + ", not " + quoted(value));
  }

  /**
   * A failure about that input, for checks that need more than its text.
   *
   * @param problem goes on after the input's name, such as "must be an absolute path"
   */
  public ActionFailure failure(String name, String problem) {
    return failure(metadata.input(name), problem);
  }

  private static ActionFailure failure(Input input, String problem) {
    return new ActionFailure(
        "Input '" + input.name() + "' " + problem + ".",
        "Set '" + input.name() + "' under 'with:'. action.yml says: " + input.description());
  }

  private static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String quoted(String value) {
    return value.length() <= MAX_QUOTED
        ? "'" + value + "'"
        : "'" + value.substring(0, MAX_QUOTED) + "…'";
  }
}
