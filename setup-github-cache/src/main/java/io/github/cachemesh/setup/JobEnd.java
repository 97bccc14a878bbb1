package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What post does, in an order that leaves gh working at each moment: gh first, then what was saved,
 * then the lease. Each part is done whatever became of the others; what failed is told in one
 * warning.
 */
final class JobEnd {
  private final ActionContext context;
  private final JobMemory memory;
  private final JobFiles files;
  private final List<String> failures = new ArrayList<>();

  JobEnd(ActionContext context, JobMemory memory) {
    this.context = context;
    this.memory = memory;
    this.files = JobFiles.of(context.environment(), memory.home().cacheDir());
  }

  void run() {
    // The lease's file goes first: from then on the supervisor gives gh no socket again.
    attempt("The lease's file is left behind", memory.home()::dropLease);
    attempt("gh's socket setting cannot be taken back", () -> files.gh().takeBack(memory.socket()));
    attempt("What the cache saved is not known", this::useNode);
    if (!failures.isEmpty()) {
      context
          .commands()
          .warning(
              String.join("\n", failures) + "\nThe job's result is not affected.",
              Annotation.titled(context.metadata().name()));
    }
  }

  private void useNode() throws IOException {
    Optional<NodeState> state = memory.home().running();
    if (state.isEmpty()) {
      throw new IOException("the cache node does not run any more");
    }
    JobNode node = JobNode.of(memory.home(), state.get(), files.runner());
    try {
      show(new JobSavings(node.statistics().minus(memory.before())));
    } finally {
      attempt("The lease cannot be released", node::release);
    }
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
      failures.add(failure + ": " + Reason.of(e) + ".");
    } catch (ActionFailure e) {
      failures.add(failure + ": " + e.getMessage());
    }
  }
}
