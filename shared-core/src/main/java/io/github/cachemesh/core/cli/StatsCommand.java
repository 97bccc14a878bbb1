package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.config.InvalidConfigurationException;
import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.stats.Savings;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "stats",
    description = "Show what a running node has saved.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  cachemesh stats",
      "  cachemesh stats --json --cache-dir /var/cache/cachemesh",
      "  cachemesh stats --prometheus --url http://127.0.0.1:8080 --token-file token"
    })
final class StatsCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin final NodeOptions node = new NodeOptions();

  @ArgGroup @Nullable Form form;

  static final class Form {
    @Option(names = "--json", description = "All figures as JSON.")
    boolean json;

    @Option(names = "--prometheus", description = "All figures in the Prometheus text format.")
    boolean prometheus;
  }

  StatsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException, InvalidConfigurationException {
    NodeClient client = node.client(surroundings);
    if (form != null && form.prometheus) {
      surroundings.out().print(NodeOptions.body(client.metrics()));
    } else {
      String json = NodeOptions.body(client.stats());
      surroundings.out().println(form != null ? json : table(StatisticsReport.parse(json)));
    }
    return 0;
  }

  private static String table(StatisticsReport report) {
    Savings savings = report.cachemesh();
    Table table =
        new Table()
            .row("counting since", savings.since())
            .row("requests", savings.requests())
            .row("  to GitHub", savings.upstreamRequests())
            .row("hits", report.totalHits())
            .row("misses", report.misses())
            .row("hit rate", String.format(Locale.ROOT, "%.1f %%", 100 * report.hitRate()))
            .row("points without cache", savings.pointsWithoutCache())
            .row("points charged", savings.pointsCharged())
            .row("points saved", savings.pointsSaved())
            .row("bytes to clients", Amounts.bytes(savings.bytesToClients()))
            .row("bytes from GitHub", Amounts.bytes(savings.bytesFromUpstream()))
            .row("entries", report.cacheSize() + " of " + report.maxCacheSize())
            .row("evicted", report.evictions())
            .row("expired", report.expirations())
            .row("damaged", savings.damagedEntries())
            .row("invalidated", savings.invalidated())
            .row("served stale", savings.staleServed())
            .row("coalesced", savings.coalesced())
            .row("median time", milliseconds(savings.latency().p50Millis()))
            .row("95th percentile", milliseconds(savings.latency().p95Millis()))
            .row("peers", report.connectedPeers());
    new TreeMap<>(savings.byAnswer())
        .forEach((answer, count) -> table.row("answers: " + answer, count));
    return table.toString().stripTrailing();
  }

  private static String milliseconds(double time) {
    return String.format(Locale.ROOT, "%.2f ms", time);
  }
}
