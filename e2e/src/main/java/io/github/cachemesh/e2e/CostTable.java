package io.github.cachemesh.e2e;

import java.util.Locale;
import java.util.Map;

/** Costs as a table, a row each. */
final class CostTable {
  private static final String HEAD = "%-28s %9s %9s %12s %12s %12s %10s%n";
  private static final String ROW = "%-28s %9d %9d %12d %12d %12d %10.1f%n";

  private CostTable() {}

  static String of(Map<String, Cost> costs) {
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            Locale.ROOT,
            HEAD,
            "",
            "requests",
            "upstream",
            "REST points",
            "GraphQL pts",
            "bytes",
            "median ms"));
    costs.forEach(
        (name, cost) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    ROW,
                    name,
                    cost.requests(),
                    cost.upstreamRequests(),
                    cost.restPoints(),
                    cost.graphQlPoints(),
                    cost.bytes(),
                    cost.medianMillis())));
    return table.toString();
  }
}
