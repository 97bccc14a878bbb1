package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The inputs of one phase: what {@code with:} gives, and defaults for the rest. A required input
 * that is not given is left for the action to complain of, as on the runner.
 */
final class StepInputs {
  private final ActionMetadata metadata;
  private final boolean defaults;

  /**
   * @param defaults whether inputs that are not given get their defaults
   */
  StepInputs(ActionMetadata metadata, boolean defaults) {
    this.metadata = metadata;
    this.defaults = defaults;
  }

  /**
   * Values by input name.
   *
   * @throws IllegalArgumentException when {@code with} has an input that action.yml does not
   *     declare: the runner only warns, but it is always a mistake
   */
  Map<String, String> evaluate(Map<String, String> with, Expressions expressions) {
    Map<String, String> inputs = new LinkedHashMap<>();
    if (defaults) {
      metadata
          .inputs()
          .forEach(
              (name, input) -> {
                String value = input.defaultValue();
                inputs.put(name, value == null ? "" : expressions.evaluate(value));
              });
    }
    with.forEach((name, value) -> inputs.put(declared(name), expressions.evaluate(value)));
    return inputs;
  }

  private String declared(String name) {
    return metadata.inputs().keySet().stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "action.yml of '" + metadata.name() + "' declares no input '" + name + "'"));
  }
}
