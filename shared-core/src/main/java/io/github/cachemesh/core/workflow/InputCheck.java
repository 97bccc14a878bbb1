package io.github.cachemesh.core.workflow;

import io.github.cachemesh.core.workflow.InputRule.Deciding;
import io.github.cachemesh.core.workflow.InputRule.Forbidden;
import io.github.cachemesh.core.workflow.InputRule.Harmless;
import io.github.cachemesh.core.workflow.InputRule.OneOf;
import io.github.cachemesh.core.workflow.InputRule.Written;
import io.github.cachemesh.core.workflow.YamlValue.Text;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds the inputs of CodeQL's steps to ours. Nothing is evaluated: an input is known to be what
 * ours is when it is that very text, or when both are written alike and no expression in them can
 * change within the job.
 *
 * @param ours our step
 * @param evaluated our inputs by name as the runner evaluated them
 */
record InputCheck(Step ours, Map<String, String> evaluated) {
  InputCheck {
    evaluated = Map.copyOf(evaluated);
  }

  /**
   * What the text gives our step must be what it was given; else the text is another job's.
   *
   * @throws Doubt naming the first of our inputs that differs
   */
  void requireOurs() throws Doubt {
    if (ours.with().get("matrix") instanceof Text matrix) {
      throw Doubt.undeclared(matrix.line(), "our input matrix must be left to its default");
    }
    for (String name : InputTable.deciding()) {
      Text text = ours.with().get(name);
      Optional<String> fixed = text == null ? Optional.of("") : fixed(text, "our input " + name);
      if (fixed.isPresent() && !fixed.get().equals(value(name))) {
        throw Doubt.undeclared(
            text == null ? ours.line() : text.line(),
            "our step was given another " + name + " than stands here");
      }
    }
  }

  private static Optional<String> fixed(Text text, String name) throws Doubt {
    return template(text, name).isFixed() ? Optional.of(string(text, name)) : Optional.empty();
  }

  /**
   * @throws Doubt naming the first input that does not do what ours says
   */
  void require(Step step, InputTable table) throws Doubt {
    for (Map.Entry<String, Text> input : step.with().entrySet()) {
      InputRule rule = table.rules().get(input.getKey());
      String name = "the input " + Doubt.name(input.getKey()) + " of " + table.action();
      if (rule == null) {
        throw Doubt.undeclared(input.getValue().line(), name + " is not known");
      }
      require(input.getValue(), rule, name);
    }
    for (Map.Entry<String, InputRule> rule : table.rules().entrySet()) {
      if (rule.getValue() instanceof Deciding(String ourName)
          && !ourName.equals(ToolsVersion.INPUT)
          && !step.with().containsKey(rule.getKey())
          && !value(ourName).isEmpty()) {
        throw Doubt.undeclared(
            step.line(), table.action() + " has no " + rule.getKey() + ", our step has " + ourName);
      }
    }
  }

  private void require(Text theirs, InputRule rule, String name) throws Doubt {
    switch (rule) {
      case Deciding(String ourName) when ourName.equals(ToolsVersion.INPUT) -> {}
      case Deciding(String ourName) -> {
        String value = decided(theirs, ourName, name);
        if (!value.equals(value(ourName))) {
          throw Doubt.undeclared(
              theirs.line(), name + " is not what our step's " + ourName + " is");
        }
      }
      case Harmless() -> {}
      case Written() -> {
        if (!template(theirs, name).expressions().allMatch(Constancy::isKeyed)) {
          throw Doubt.undeclared(theirs.line(), name + " must be written out");
        }
      }
      case OneOf oneOf -> {
        Template template = template(theirs, name);
        if (!template.parts().isEmpty() && !oneOf.allows(template)) {
          throw Doubt.undeclared(
              theirs.line(), name + " must be one of " + oneOf.values().stream().sorted().toList());
        }
      }
      case Forbidden(String why) -> {
        if (!template(theirs, name).parts().isEmpty()) {
          throw Doubt.undeclared(theirs.line(), name + " must not be set: " + why);
        }
      }
    }
  }

  /** What the input is: its text, or, when it is written as ours is, the value of ours. */
  String decided(Text theirs, String ourName, String name) throws Doubt {
    Optional<String> fixed = fixed(theirs, name);
    if (fixed.isPresent()) {
      return fixed.get();
    }
    Template template = template(theirs, name);
    Text own = ours.with().get(ourName);
    if (own == null || !template.equals(template(own, "our input " + ourName))) {
      throw Doubt.undeclared(
          theirs.line(), name + " must be written exactly as our step's " + ourName + " is");
    }
    if (!template.expressions().allMatch(Constancy::holdsInJob)) {
      throw Doubt.undeclared(
          theirs.line(), name + " has an expression whose value may change between the two steps");
    }
    return value(ourName);
  }

  /** Our input, the empty text when it is left out; CodeQL strips its inputs as well. */
  String value(String ourName) {
    return evaluated.getOrDefault(ourName, "").strip();
  }

  SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    InputTable.deciding().forEach(name -> settings.put(name, value(name)));
    return settings;
  }

  private static Template template(Text text, String name) throws Doubt {
    try {
      return Template.parse(string(text, name));
    } catch (ExpressionException e) {
      throw Doubt.undeclared(text.line(), name + " has an expression that is not understood");
    }
  }

  private static String string(Text text, String name) throws Doubt {
    Optional<String> string = text.string();
    if (string.isEmpty()) {
      throw Doubt.undeclared(text.line(), name + " is a number; put it in quotes");
    }
    return string.get().strip();
  }
}
