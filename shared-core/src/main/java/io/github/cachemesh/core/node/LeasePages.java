package io.github.cachemesh.core.node;

import static io.github.cachemesh.core.node.JsonPage.problem;

import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.proxy.OwnPages.Page;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The pages by which jobs take leases and give them back. Thread-safe; blocks. */
final class LeasePages {
  private final Leases leases;
  private final JobStatistics jobs;
  private final Supplier<NodeState> node;

  /**
   * @param node may wait until the node has started
   */
  LeasePages(Leases leases, JobStatistics jobs, Supplier<NodeState> node) {
    this.leases = leases;
    this.jobs = jobs;
    this.node = node;
  }

  Page list(Request request) {
    if (!request.isSafe()) {
      return JsonPage.wrongMethod("GET");
    }
    List<String> runners = leases.list().stream().map(HeldLease::runner).toList();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("leases", runners.size());
    content.put("runners", runners);
    return JsonPage.of(200, content);
  }

  Page answer(Request request, String runner, Query query) {
    return switch (request.method()) {
      case "PUT" -> acquire(runner, query);
      case "DELETE" -> release(runner);
      default -> JsonPage.wrongMethod("PUT, DELETE");
    };
  }

  private Page acquire(String runner, Query query) {
    LeaseRequest request;
    try {
      request =
          new LeaseRequest(
              runner,
              query.first("socket").map(Path::of).orElse(null),
              query.first("gateway").orElse(null),
              query.first("gh").map(Path::of).orElse(null));
    } catch (IllegalArgumentException e) {
      return problem(400, String.valueOf(e.getMessage()));
    }
    return switch (leases.acquire(request)) {
      case Leases.Acquisition.Granted(HeldLease lease, int count) ->
          JsonPage.of(200, described(lease, count));
      case Leases.Acquisition.Refused(String reason) -> problem(409, reason);
      case Leases.Acquisition.Ending() -> problem(503, "the node is ending: start another");
    };
  }

  private Lease described(HeldLease lease, int count) {
    NodeState state = node.get();
    return new Lease(
        count,
        state.id(),
        state.version(),
        state.url(),
        lease.socket(),
        lease.gatewayUrl(),
        state.cacheDir(),
        jobs.file(lease.runner()).toString());
  }

  private Page release(String runner) {
    Optional<Released> released = leases.release(runner);
    released.ifPresent(lease -> jobs.write(runner, lease.savings()));
    return released
        .map(lease -> JsonPage.of(200, lease))
        .orElseGet(() -> problem(404, "this runner holds no lease"));
  }
}
