package io.github.cachemesh.e2e;

import io.github.cachemesh.testkit.github.LedgerEntry;
import java.util.List;

/**
 * What one job cost GitHub, by its own ledger, and its clients, by their own clocks.
 *
 * @param requests sent by the clients
 * @param upstreamRequests that reached GitHub
 * @param restPoints charged to the job's token for REST
 * @param graphQlPoints charged to the job's token for GraphQL
 * @param bytes of bodies that GitHub sent
 * @param latenciesMillis of octokit's and curl's requests
 */
record Cost(
    long requests,
    long upstreamRequests,
    long restPoints,
    long graphQlPoints,
    long bytes,
    List<Double> latenciesMillis) {

  static final Cost NOTHING = new Cost(0, 0, 0, 0, 0, List.of());

  static Cost of(long requests, List<LedgerEntry> ledger, List<Double> latenciesMillis) {
    return new Cost(
        requests,
        ledger.size(),
        ledger.stream().filter(entry -> !isGraphQl(entry)).mapToLong(LedgerEntry::points).sum(),
        ledger.stream().filter(Cost::isGraphQl).mapToLong(LedgerEntry::points).sum(),
        ledger.stream().mapToLong(LedgerEntry::bodyBytes).sum(),
        latenciesMillis.stream().sorted().toList());
  }

  private static boolean isGraphQl(LedgerEntry entry) {
    return entry.path().startsWith("/graphql");
  }

  double medianMillis() {
    int middle = latenciesMillis.size() / 2;
    return latenciesMillis.isEmpty()
        ? Double.NaN
        : latenciesMillis.size() % 2 == 1
            ? latenciesMillis.get(middle)
            : (latenciesMillis.get(middle - 1) + latenciesMillis.get(middle)) / 2;
  }
}
