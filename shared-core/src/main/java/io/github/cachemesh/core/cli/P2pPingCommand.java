package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.peer.PeerProbe;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LongSummaryStatistics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ping",
    description = "Connect to a peer and measure the way there and back.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh p2p ping /ip4/192.0.2.7/tcp/9000",
      "  cachemesh p2p ping --count 20 /ip4/192.0.2.7/udp/9000/quic-v1/p2p/12D3KooW…"
    })
final class P2pPingCommand implements Callable<Integer> {
  private static final int MAX_COUNT = 100_000;

  private final Surroundings surroundings;

  @Mixin final P2pTarget target = new P2pTarget();

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      defaultValue = "5",
      description = "How many pings, at most 100000; default ${DEFAULT-VALUE}.")
  int count;

  P2pPingCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1 || count > MAX_COUNT) {
      throw CommandFailure.usage("--count: " + count + " is not between 1 and " + MAX_COUNT);
    }
    PrintStream out = surroundings.out();
    try (PeerProbe probe = target.connect()) {
      out.printf(
          "connected to %s at %s in %s%n",
          probe.peer(), probe.address(), Amounts.milliseconds(probe.connectTime()));
      LongSummaryStatistics nanos = new LongSummaryStatistics();
      for (int i = 1; i <= count; i++) {
        Duration roundTrip = probe.ping();
        nanos.accept(roundTrip.toNanos());
        out.printf("%d: %s%n", i, Amounts.milliseconds(roundTrip));
      }
      out.printf(
          "%d pings: least %s, mean %s, most %s%n",
          count,
          Amounts.milliseconds(Duration.ofNanos(nanos.getMin())),
          Amounts.milliseconds(Duration.ofNanos((long) nanos.getAverage())),
          Amounts.milliseconds(Duration.ofNanos(nanos.getMax())));
    }
    return 0;
  }
}
