package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.Released;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What post does, in an order that leaves gh working at each moment: gh first, then the lease,
 * which tells what was saved. Each part is done whatever became of the others; what failed is told
 * in one warning.
 */
final class JobEnd {
  private final ActionContext context;
  private final NodeHost host;
  private final String node;
  private final List<String> failures = new ArrayList<>();

  /**
   * @param node the id of the one that the job uses
   */
  JobEnd(ActionContext context, NodeHost host, String node) {
    this.context = context;
    this.host = host;
    this.node = node;
  }

  void run() {
    attempt("gh's socket setting cannot be taken back", host.place().gh()::end);
    attempt("What the cache saved is not known", () -> show(new JobSavings(release().savings())));
    attempt("Files of the job are left behind", host::leave);
    if (!failures.isEmpty()) {
      context
          .commands()
          .warning(
              String.join("\n", failures) + "\nThe job's result is not affected.",
              Annotation.titled(context.metadata().name()));
    }
  }

  private Released release() throws IOException {
    NodeClient client =
        host.find(node).orElseThrow(() -> new IOException("the cache node does not run any more"));
    return client
        .releaseLease(host.runner().value())
        .orElseThrow(() -> new IOException("another job has taken this job's lease"));
  }

  private void show(JobSavings savings) {
    Commands commands = context.commands();
    try (Commands.Group _ = commands.group("What the API cache saved in this job")) {
      commands.info(savings.text());
    }
    attempt(
        "The step summary cannot be written",
        () ->
            context
                .summary()
                .heading(3, "GitHub API cache")
                .table(JobSavings.HEADER, savings.rows())
                .pie("Where answers came from", savings.shares())
                .write());
  }

  /** A part that may fail without the others. */
  private interface Part {
    void run() throws IOException;
  }

  private void attempt(String failure, Part part) {
    try {
      part.run();
    } catch (IOException e) {
      failures.add(failure + ": " + FailureReason.of(e) + ".");
    } catch (ActionFailure e) {
      failures.add(failure + ": " + e.getMessage());
    }
  }
}
