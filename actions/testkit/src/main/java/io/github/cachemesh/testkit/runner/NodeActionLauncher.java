package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a JavaScript action with the {@code node} that is on PATH; the runner has its own. Such an
 * action has no pre here.
 *
 * @param main the file that action.yml names as {@code runs.main}
 * @param post the file that it names as {@code runs.post}; null when it names none
 */
public record NodeActionLauncher(Path main, @Nullable Path post) implements ActionLauncher {

  /** Of an action without a post. */
  public NodeActionLauncher(Path main) {
    this(main, null);
  }

  @Override
  public Launch prepare(Invocation invocation) {
    Path script = invocation.phase() == Phase.POST && post != null ? post : main;
    return new Launch(
        List.of("node", script.toString()), invocation.env(), invocation.folders().workspace());
  }

  @Override
  public boolean hasPost(ActionMetadata metadata) {
    return post != null;
  }

  @Override
  public boolean besideCommands() {
    return true;
  }
}
