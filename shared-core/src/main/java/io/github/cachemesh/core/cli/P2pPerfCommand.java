package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.peer.PeerProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "perf",
    description = "Measure the throughput to a peer that answers the perf protocol; few do.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh p2p perf /ip4/192.0.2.7/tcp/9000",
      "  cachemesh p2p perf --upload 0 --download 1000 --rounds 3 /ip4/192.0.2.7/tcp/9000"
    })
final class P2pPerfCommand implements Callable<Integer> {
  private static final long MIB = 1 << 20;
  private static final int MAX_MIB = 1 << 20;
  private static final int MAX_ROUNDS = 1000;

  private final Surroundings surroundings;

  @Mixin final P2pTarget target = new P2pTarget();

  @Option(
      names = "--upload",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "How much to send, in MiB; default ${DEFAULT-VALUE}.")
  int upload;

  @Option(
      names = "--download",
      paramLabel = "MIB",
      defaultValue = "64",
      description = "How much to ask for, in MiB; default ${DEFAULT-VALUE}.")
  int download;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often; default ${DEFAULT-VALUE}.")
  int rounds;

  P2pPerfCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    requireWithin("--upload", upload, 0, MAX_MIB);
    requireWithin("--download", download, 0, MAX_MIB);
    requireWithin("--rounds", rounds, 1, MAX_ROUNDS);
    Table table = new Table().row("ROUND", "UP", "DOWN");
    try (PeerProbe probe = target.connect()) {
      surroundings.out().printf("connected to %s at %s%n", probe.peer(), probe.address());
      for (int i = 1; i <= rounds; i++) {
        PeerProbe.Transfer transfer = probe.transfer(upload * MIB, download * MIB);
        table.row(i, speed(upload, transfer.upload()), speed(download, transfer.download()));
      }
    }
    surroundings.out().print(table);
    return 0;
  }

  private static void requireWithin(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw CommandFailure.usage(
          "%s: %d is not between %d and %d".formatted(option, value, least, most));
    }
  }

  private static String speed(int mib, Duration time) {
    return mib == 0
        ? ""
        : String.format(Locale.ROOT, "%.1f MiB/s", mib / Math.max(1e-9, time.toNanos() / 1e9));
  }
}
