package io.github.cachemesh.testkit.runner;

import java.util.Map;

/** One step of a {@link WorkflowJob}. Texts may hold expressions. */
public sealed interface WorkflowStep {
  /** As the file has it, or else made up as the runner does it, such as {@code __run_2}. */
  String id();

  Condition condition();

  /**
   * {@code uses:}.
   *
   * @param action as the file names it, such as {@code actions/checkout@v5}
   */
  record Uses(String id, Condition condition, String action, Map<String, String> with)
      implements WorkflowStep {
    public Uses {
      with = Map.copyOf(with);
    }
  }

  /** {@code run:}. */
  record Run(String id, Condition condition, String script, Map<String, String> env)
      implements WorkflowStep {
    public Run {
      env = Map.copyOf(env);
    }
  }
}
