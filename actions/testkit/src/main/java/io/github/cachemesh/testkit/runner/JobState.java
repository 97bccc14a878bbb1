package io.github.cachemesh.testkit.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the steps of a running job have handed over so far. */
final class JobState {
  private final Map<String, String> exported = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, Map<String, String>> stateByStep = new HashMap<>();
  private final Map<String, String> outputsByExpression = new HashMap<>();
  private boolean failed;

  /** Takes over what a step left, and whether it failed. */
  void add(String stepId, StepEffects effects, boolean stepFailed) {
    exported.putAll(effects.env());
    for (String folder : effects.path()) {
      path.remove(folder);
      path.push(folder);
    }
    stateByStep.computeIfAbsent(stepId, _ -> new LinkedHashMap<>()).putAll(effects.state());
    effects
        .outputs()
        .forEach(
            (name, value) ->
                outputsByExpression.put(
                    ("steps." + stepId + ".outputs." + name).toLowerCase(Locale.ROOT), value));
    failed |= stepFailed;
  }

  /** The variables for later steps. */
  Map<String, String> exported() {
    return exported;
  }

  /** The folders to put before PATH, the last added first. */
  List<String> path() {
    return List.copyOf(path);
  }

  /** What main of that step left for its post. */
  Map<String, String> stateOf(String stepId) {
    return stateByStep.getOrDefault(stepId, Map.of());
  }

  /** Outputs by {@code steps.<id>.outputs.<name>} in lower case. */
  Map<String, String> outputsByExpression() {
    return outputsByExpression;
  }

  boolean failed() {
    return failed;
  }
}
