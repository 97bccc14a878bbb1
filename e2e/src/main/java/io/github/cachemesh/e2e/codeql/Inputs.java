package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.runner.WorkflowJob;
import io.github.cachemesh.testkit.runner.WorkflowStep;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What init is told in a scene, as the environment that the runner would make of it. */
final class Inputs {
  private Inputs() {}

  static Map<String, String> ofInit(Scene scene) throws IOException {
    WorkflowJob plan = scene.plan();
    Map<String, String> environment = new LinkedHashMap<>();
    for (WorkflowStep step : plan.steps()) {
      if (step instanceof WorkflowStep.Uses uses && uses.id().equals("init")) {
        uses.with()
            .forEach(
                (name, value) ->
                    environment.put(
                        "INPUT_" + name.toUpperCase(Locale.ROOT), evaluated(scene, value)));
      }
    }
    environment.put("GITHUB_WORKSPACE", scene.tree().root().toString());
    environment.put("RUNNER_TEMP", "/nonexistent");
    environment.put("RUNNER_TOOL_CACHE", "/nonexistent");
    return environment;
  }

  /** The only expressions are those of variables. */
  private static String evaluated(Scene scene, String text) {
    String prefix = "${{ vars.";
    if (!text.startsWith(prefix)) {
      return text;
    }
    String name = text.substring(prefix.length(), text.indexOf(" }}"));
    return scene.trigger().variables().getOrDefault(name, "");
  }
}
