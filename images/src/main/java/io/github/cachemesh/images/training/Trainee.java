package io.github.cachemesh.images.training;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.ActionProcess;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Map;

/**
 * An action as its entry point makes it.
 *
 * @param main the entry point, beside which the resource {@code action.yml} lies
 */
record Trainee(Action action, Class<?> main) {
  /** Runs a phase in an environment, which must not fail. */
  void run(String phase, Map<String, String> env) throws IOException {
    try (InputStream actionYml = main.getResourceAsStream("action.yml")) {
      if (actionYml == null) {
        throw new IllegalStateException("no action.yml beside " + main.getName());
      }
      ActionProcess process =
          new ActionProcess(
              action, ActionMetadata.read(actionYml), env, System.out, new SecureRandom());
      if (process.run(phase) != 0) {
        throw new IllegalStateException(main.getName() + " " + phase + " failed");
      }
    }
  }
}
