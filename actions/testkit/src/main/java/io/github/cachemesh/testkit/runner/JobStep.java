package io.github.cachemesh.testkit.runner;

import java.util.List;
import java.util.Map;

/** One step of a job. Texts may hold expressions. */
sealed interface JobStep {
  String id();

  Condition condition();

  /** {@code uses:}, with its inputs. */
  record Uses(String id, Condition condition, EmulatedAction action, Map<String, String> with)
      implements JobStep {
    public Uses {
      with = Map.copyOf(with);
    }
  }

  /** {@code run:}, as a script of bash. */
  record Script(String id, Condition condition, String script, Map<String, String> env)
      implements JobStep {
    public Script {
      env = Map.copyOf(env);
    }
  }

  /** {@code run:}, as a command line. */
  record Run(String id, Condition condition, List<String> command, Map<String, String> env)
      implements JobStep {
    public Run {
      command = List.copyOf(command);
      env = Map.copyOf(env);
    }
  }
}
