package io.github.cachemesh.setup;

import io.github.cachemesh.core.stats.Savings;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the cache did in one job, in the forms in which it is shown. Immutable. */
record JobSavings(StatisticsReport report) {
  static final List<String> HEADER = List.of("In this job", "");

  private static final int LABEL_WIDTH = 36;

  /** Label and value, as the log and the summary show them. */
  List<List<String>> rows() {
    Savings savings = report.cachemesh();
    return List.of(
        List.of("Requests", number(savings.requests())),
        List.of(
            "Answered from the cache",
            "%s (%s)".formatted(number(report.totalHits()), percent(report.hitRate()))),
        List.of("Requests to GitHub", number(savings.upstreamRequests())),
        List.of("Rate-limit points without the cache", number(savings.pointsWithoutCache())),
        List.of("Rate-limit points charged", number(savings.pointsCharged())),
        List.of("Rate-limit points saved", number(savings.pointsSaved())),
        List.of("Bytes to the job", number(savings.bytesToClients())),
        List.of("Bytes from GitHub", number(savings.bytesFromUpstream())),
        List.of(
            "Median time of a request",
            String.format(Locale.ROOT, "%.1f ms", savings.latency().p50Millis())));
  }

  /** Requests by where their answers came from. */
  Map<String, Long> shares() {
    Map<String, Long> shares = new LinkedHashMap<>();
    for (String share :
        List.of(
            "Hits without asking GitHub",
            "Revalidated, free",
            "Coalesced",
            "Stale",
            "Misses",
            "Never cached",
            "Failed")) {
      shares.put(share, 0L);
    }
    report
        .cachemesh()
        .byAnswer()
        .forEach((answer, count) -> shares.merge(share(answer), count, Long::sum));
    return shares;
  }

  private static String share(String answer) {
    return switch (answer) {
      case "fresh_memory", "fresh_disk" -> "Hits without asking GitHub";
      case "coalesced" -> "Coalesced";
      case "stale" -> "Stale";
      case "miss" -> "Misses";
      case "passed_through" -> "Never cached";
      case "failed" -> "Failed";
      default -> "Revalidated, free";
    };
  }

  /** The rows as lines of a log. */
  String text() {
    return rows().stream()
        .map(row -> ("%-" + LABEL_WIDTH + "s %s").formatted(row.getFirst(), row.getLast()))
        .collect(Collectors.joining("\n"));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String percent(double rate) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * rate);
  }
}
