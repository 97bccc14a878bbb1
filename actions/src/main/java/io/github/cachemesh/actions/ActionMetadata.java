package io.github.cachemesh.actions;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an action.yml declares. All scalars are kept as the text that was written: {@code 1.0} stays
 * {@code 1.0}, as it does on the runner.
 *
 * @param inputs by name as declared, in order
 * @param outputs description by name, in order
 */
public record ActionMetadata(
    String name,
    String description,
    Map<String, Input> inputs,
    Map<String, String> outputs,
    Runs runs) {

  /**
   * One declared input.
   *
   * @param defaultValue possibly an expression such as <code>${{ github.token }}</code>
   */
  public record Input(
      String name, String description, boolean required, @Nullable String defaultValue) {

    /** The environment variable that carries this input: spaces become {@code _}, hyphens stay. */
    public String variable() {
      return "INPUT_" + name.replace(' ', '_').toUpperCase(Locale.ROOT);
    }

    /** The default, unless only the runner can evaluate it. */
    Optional<String> literalDefault() {
      return Optional.ofNullable(defaultValue).filter(value -> !value.contains("${{"));
    }
  }

  /**
   * How the action runs.
   *
   * @param using {@code docker} for ours
   * @param postIf the condition of post, {@code always()} unless declared
   */
  public record Runs(
      String using,
      @Nullable String image,
      @Nullable String entrypoint,
      @Nullable String postEntrypoint,
      String postIf,
      List<String> args,
      Map<String, String> env) {}

  /**
   * Reads an action.yml of at most 256 KiB; the stream stays open.
   *
   * @throws InvalidActionYamlException when it is no YAML or lacks what an action needs
   */
  public static ActionMetadata read(InputStream actionYml) {
    return new ActionYamlReader().read(actionYml);
  }

  /**
   * The input of that name.
   *
   * @throws IllegalArgumentException when action.yml declares none
   */
  public Input input(String inputName) {
    Input input = inputs.get(inputName);
    if (input == null) {
      throw new IllegalArgumentException(
          "action.yml of '" + name + "' declares no input '" + inputName + "'");
    }
    return input;
  }
}
