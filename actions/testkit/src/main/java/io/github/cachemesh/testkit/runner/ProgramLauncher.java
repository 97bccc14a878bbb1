package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionProcess;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs an action in this JVM and on the caller's thread: a job then costs milliseconds, and a test
 * can run thousands. The action must keep to what its context gives it.
 *
 * @param action makes the action anew for each phase
 */
public record ProgramLauncher(Supplier<Action> action) implements ActionLauncher {

  @Override
  public Launch prepare(Invocation invocation) {
    String[] arguments = new String[1 + invocation.arguments().size()];
    arguments[0] = invocation.phase().argument();
    for (int i = 1; i < arguments.length; i++) {
      arguments[i] = invocation.arguments().get(i - 1);
    }
    return new Launch(
        List.of(),
        invocation.env(),
        invocation.folders().workspace(),
        List.of(),
        (env, out) ->
            new ActionProcess(action.get(), invocation.metadata(), env, out, new SecureRandom())
                .run(arguments));
  }
}
