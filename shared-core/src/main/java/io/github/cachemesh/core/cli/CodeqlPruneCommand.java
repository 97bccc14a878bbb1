package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description =
        "Remove results that were stored longer ago, and every file that this key cannot open.",
    footerHeading = "%nExample:%n",
    footer = "  cachemesh codeql prune --older-than-hours 168 --repository-id 1296269")
final class CodeqlPruneCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final ScanStoreOptions store = new ScanStoreOptions();

  @Option(
      names = "--older-than-hours",
      paramLabel = "N",
      description = "Keep what is younger; 24 unless given, as the action's cache-ttl.")
  int hours = 24;

  CodeqlPruneCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (hours < 0) {
      throw CommandFailure.usage("--older-than-hours " + hours + ": write 0 or more");
    }
    int gone = store.open(surroundings).prune(Duration.ofHours(hours));
    surroundings.out().println("removed %d results from %s".formatted(gone, store.folder));
    return 0;
  }
}
