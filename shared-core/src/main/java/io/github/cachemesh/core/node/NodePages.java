package io.github.cachemesh.core.node;

import static io.github.cachemesh.core.node.JsonPage.problem;
import static io.github.cachemesh.core.node.JsonPage.wrongMethod;

import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.proxy.OwnPages;
import io.github.cachemesh.core.proxy.UpstreamCheck;
import io.github.cachemesh.core.stats.Statistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a node answers below {@code /_cachemesh/}: whether it is there to anybody, all else to its
 * owner, who comes through a Unix socket, by the control channel or with the admin token.
 *
 * <pre>
 * GET    health
 * GET    stats
 * GET    metrics
 * GET    leases
 * GET    upstream
 * PUT    leases/RUNNER?socket=PATH&amp;gateway=IP&amp;gh=PATH      see {@link LeaseRequest}
 * DELETE leases/RUNNER
 * POST   invalidate?host=HOST&amp;path=PATH
 * POST   clear
 * POST   stop?unused=true                                  unused: 409 while there is a lease
 * </pre>
 */
final class NodePages implements OwnPages {
  private static final String LEASES = "leases/";

  private final AdminToken token;
  private final Leases leases;
  private final LeasePages leasePages;
  private final TieredCache cache;
  private final Statistics statistics;
  private final Supplier<Map<String, Object>> health;
  private final UpstreamCheck upstream;
  private final Runnable stop;

  /**
   * @param health what anybody may know
   * @param stop lets the node end; returns at once
   */
  NodePages(
      AdminToken token,
      Leases leases,
      LeasePages leasePages,
      TieredCache cache,
      Statistics statistics,
      Supplier<Map<String, Object>> health,
      UpstreamCheck upstream,
      Runnable stop) {
    this.token = token;
    this.leases = leases;
    this.leasePages = leasePages;
    this.cache = cache;
    this.statistics = statistics;
    this.health = health;
    this.upstream = upstream;
    this.stop = stop;
  }

  @Override
  public Page answer(Request request, String path, boolean trusted) {
    if (path.equals("health")) {
      return request.isSafe() ? JsonPage.of(200, health.get()) : wrongMethod("GET");
    }
    boolean admitted =
        trusted || request.fields().first("Authorization").filter(token::isCarriedBy).isPresent();
    if (!admitted) {
      return problem(
          401, "this page is for the node's owner: send the admin token of its state file");
    }
    return Query.of(request.target())
        .map(query -> ownersPage(request, path, query))
        .orElseGet(() -> problem(400, "the query is not percent-encoded text"));
  }

  private Page ownersPage(Request request, String path, Query query) {
    if (path.startsWith(LEASES)) {
      // A malformed name is no runner's, as the empty one is.
      String runner = Query.decoded(path.substring(LEASES.length())).orElse("");
      return leasePages.answer(request, runner, query);
    }
    return switch (path) {
      case "stats" ->
          request.isSafe()
              ? JsonPage.text(200, JsonPage.TYPE, statistics.report().toJson())
              : wrongMethod("GET");
      case "metrics" ->
          request.isSafe()
              ? JsonPage.text(200, Statistics.PROMETHEUS_CONTENT_TYPE, statistics.prometheusText())
              : wrongMethod("GET");
      case "leases" -> leasePages.list(request);
      case "upstream" -> request.isSafe() ? upstream() : wrongMethod("GET");
      case "invalidate" -> post(request, () -> invalidate(query));
      case "clear" -> post(request, this::clear);
      case "stop" -> post(request, () -> stop(query));
      default -> problem(404, "there is no such page");
    };
  }

  private Page upstream() {
    return JsonPage.of(200, Map.of("problem", upstream.problem().orElse("")));
  }

  private static Page post(Request request, Supplier<Page> action) {
    return request.method().equals("POST") ? action.get() : wrongMethod("POST");
  }

  private Page invalidate(Query query) {
    Optional<String> host = query.first("host");
    Optional<String> path = query.first("path").filter(p -> p.startsWith("/"));
    if (host.isEmpty() || path.isEmpty()) {
      return problem(400, "name what to drop: invalidate?host=api.github.com&path=/repos/…");
    }
    ResourceKey resource = ResourceKey.of(host.get(), path.get(), "");
    cache.invalidate(resource.host(), resource.path());
    return JsonPage.of(200, Map.of("invalidated", resource.path()));
  }

  private Page clear() {
    cache.clear();
    return JsonPage.of(200, Map.of("cleared", true));
  }

  private Page stop(Query query) {
    boolean onlyIfFree = query.first("unused").filter("true"::equals).isPresent();
    if (onlyIfFree && !leases.endIfFree()) {
      return problem(409, "a job holds a lease on this node");
    }
    stop.run();
    return JsonPage.of(202, Map.of("stopping", true));
  }
}
