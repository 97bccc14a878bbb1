package io.github.cachemesh.testkit.runner;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs the main of a JavaScript action with the {@code node} that is on PATH; the runner has its
 * own. Such an action has no pre and no post here.
 *
 * @param main the file that action.yml names as {@code runs.main}
 */
public record NodeActionLauncher(Path main) implements ActionLauncher {

  @Override
  public Launch prepare(Invocation invocation) {
    return new Launch(
        List.of("node", main.toString()), invocation.env(), invocation.folders().workspace());
  }

  @Override
  public boolean besideCommands() {
    return true;
  }
}
