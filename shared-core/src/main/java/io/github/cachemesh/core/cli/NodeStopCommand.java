package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "stop",
    description = "End a node in order, and wait until it is gone.",
    footerHeading = "%nExamples:%n",
    footer = {"  cachemesh node stop", "  cachemesh node stop --node 1a2b3c4d --wait 60"})
final class NodeStopCommand implements Callable<Integer> {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Surroundings surroundings;

  @Mixin final NodeOptions node = new NodeOptions();

  @Option(
      names = "--wait",
      paramLabel = "S",
      defaultValue = "30",
      description = "Seconds to wait for a node of this machine; 0 does not wait. Default: 30.")
  int waitSeconds = 30;

  NodeStopCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException, InterruptedException {
    if (waitSeconds < 0) {
      throw CommandFailure.usage("--wait takes seconds from 0 up");
    }
    if (node.isByUrl()) {
      NodeOptions.body(node.client(surroundings).stop());
      surroundings.out().println("node at " + node.url + " is stopping");
      return 0;
    }
    NodeState state = node.theOne(surroundings);
    Optional<ProcessHandle> process = state.process();
    NodeOptions.body(NodeClient.of(state, LIMIT).stop());
    if (waitSeconds > 0 && process.isPresent()) {
      awaitEnd(state, process.get());
    }
    surroundings
        .out()
        .println("node " + state.id() + (waitSeconds > 0 ? " has stopped" : " is stopping"));
    return 0;
  }

  private void awaitEnd(NodeState state, ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(waitSeconds, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw CommandFailure.failed(
          "node %s still ends its requests after %d s: wait longer with --wait, or end process %d"
              .formatted(state.id(), waitSeconds, state.pid()));
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process cannot fail", e);
    }
  }
}
