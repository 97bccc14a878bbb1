package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = "List the running nodes of a folder, and whether each answers.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh node status",
      "  cachemesh node status --url http://127.0.0.1:8080 --token-file token"
    })
final class NodeStatusCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Surroundings surroundings;

  @Mixin final NodeOptions node = new NodeOptions();

  NodeStatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    if (node.isByUrl()) {
      surroundings.out().println(NodeOptions.body(node.client(surroundings).health()));
      return 0;
    }
    Table table =
        new Table().row("NODE", "ANSWERS", "PID", "UP", "VERSION", "URL", "SOCKET", "LOG");
    boolean allAnswer = true;
    for (NodeState state : node.running(surroundings)) {
      boolean answers = answers(state);
      allAnswer &= answers;
      table.row(
          state.id(),
          answers ? "yes" : "no",
          state.pid(),
          Amounts.time(Duration.between(state.startedAt(), surroundings.clock().instant())),
          state.version(),
          Objects.requireNonNullElse(state.url(), ""),
          Objects.requireNonNullElse(state.socket(), ""),
          Objects.requireNonNullElse(state.log(), ""));
    }
    surroundings.out().print(table);
    return allAnswer ? 0 : 1;
  }

  private static boolean answers(NodeState state) {
    try {
      return NodeClient.of(state, LIMIT).health().isOk();
    } catch (IOException e) {
      return false;
    }
  }
}
