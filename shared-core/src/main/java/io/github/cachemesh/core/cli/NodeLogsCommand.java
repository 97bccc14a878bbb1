package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "logs",
    description = "Show what a node of this machine has logged to its file.",
    footerHeading = "%nExamples:%n",
    footer = {"  cachemesh node logs -n 20", "  cachemesh node logs --follow"})
final class NodeLogsCommand implements Callable<Integer> {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final Surroundings surroundings;

  @Mixin final NodeOptions node = new NodeOptions();

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many of the last lines. Default: 100.")
  int lines = 100;

  @Option(names = "--follow", description = "Go on until the node has ended.")
  boolean follow;

  NodeLogsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException, InterruptedException {
    if (node.isByUrl()) {
      throw CommandFailure.usage("logs are read from a file: name the folder, not a --url");
    }
    if (lines < 0) {
      throw CommandFailure.usage("-n takes a number of lines from 0 up");
    }
    NodeState state = node.theOne(surroundings);
    if (state.log() == null) {
      throw CommandFailure.failed(
          "node %s logs to its standard error: start it with --log-file to read it here"
              .formatted(state.id()));
    }
    try (LogTail tail = LogTail.of(Path.of(state.log()), lines)) {
      tail.copyTo(surroundings.out());
      boolean ended = !follow;
      while (!ended) {
        ended = hasEndedWithin(LOOK_EVERY_MILLIS, state);
        tail.copyTo(surroundings.out());
      }
    }
    return 0;
  }

  private static boolean hasEndedWithin(long millis, NodeState state) throws InterruptedException {
    Optional<ProcessHandle> process = state.process();
    if (process.isEmpty()) {
      return true;
    }
    try {
      process.get().onExit().get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of a process cannot fail", e);
    }
  }
}
