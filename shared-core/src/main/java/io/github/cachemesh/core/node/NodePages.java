package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.cache.TieredCache;
import io.github.cachemesh.core.http.Fields;
import io.github.cachemesh.core.http.Request;
import io.github.cachemesh.core.http.ResourceKey;
import io.github.cachemesh.core.proxy.OwnPages;
import io.github.cachemesh.core.stats.Statistics;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node answers below {@code /_cachemesh/}: whether it is there to anybody, all else to its
 * owner, who comes through the Unix socket or with the admin token.
 *
 * <pre>
 * GET    health          PUT    leases/RUNNER     POST invalidate?host=HOST&amp;path=PATH
 * GET    stats           DELETE leases/RUNNER     POST clear
 * GET    metrics                                  POST stop
 * </pre>
 */
final class NodePages implements OwnPages {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String LEASES = "leases/";

  private final AdminToken token;
  private final Leases leases;
  private final TieredCache cache;
  private final Statistics statistics;
  private final Supplier<Map<String, Object>> health;
  private final Runnable stop;

  /**
   * @param health what anybody may know
   * @param stop lets the node end; returns at once
   */
  NodePages(
      AdminToken token,
      Leases leases,
      TieredCache cache,
      Statistics statistics,
      Supplier<Map<String, Object>> health,
      Runnable stop) {
    this.token = token;
    this.leases = leases;
    this.cache = cache;
    this.statistics = statistics;
    this.health = health;
    this.stop = stop;
  }

  @Override
  public Page answer(Request request, String path, boolean trusted) {
    if (path.equals("health")) {
      return request.isSafe() ? json(200, health.get()) : wrongMethod("GET");
    }
    boolean admitted =
        trusted || request.fields().first("Authorization").filter(token::isCarriedBy).isPresent();
    if (!admitted) {
      return problem(
          401, "this page is for the node's owner: send the admin token of its state file");
    }
    if (path.startsWith(LEASES)) {
      // A malformed name is no runner's, as the empty one is.
      return lease(request.method(), decoded(path.substring(LEASES.length())).orElse(""));
    }
    return switch (path) {
      case "stats" ->
          request.isSafe()
              ? page(200, "application/json", statistics.report().toJson())
              : wrongMethod("GET");
      case "metrics" ->
          request.isSafe()
              ? page(200, Statistics.PROMETHEUS_CONTENT_TYPE, statistics.prometheusText())
              : wrongMethod("GET");
      case "invalidate" -> post(request, () -> invalidate(request));
      case "clear" -> post(request, this::clear);
      case "stop" -> post(request, this::stop);
      default -> problem(404, "there is no such page");
    };
  }

  private Page lease(String method, String runner) {
    return switch (method) {
      case "PUT" -> leases.acquire(runner) ? leaseCount() : leaseRefusal();
      case "DELETE" ->
          leases.release(runner) ? leaseCount() : problem(404, "this runner holds no lease");
      default -> wrongMethod("PUT, DELETE");
    };
  }

  private Page leaseCount() {
    return json(200, Map.of("leases", leases.size()));
  }

  private Page leaseRefusal() {
    return leases.areEnded()
        ? problem(503, "the node is ending: start another")
        : problem(
            400,
            "a runner's name has 1 to "
                + Leases.MAX_ID_LENGTH
                + " characters, and a node "
                + Leases.MAX_LEASES
                + " leases at most");
  }

  private static Page post(Request request, Supplier<Page> action) {
    return request.method().equals("POST") ? action.get() : wrongMethod("POST");
  }

  private Page invalidate(Request request) {
    Optional<String> host = parameter(request, "host");
    Optional<String> path = parameter(request, "path").filter(p -> p.startsWith("/"));
    if (host.isEmpty() || path.isEmpty()) {
      return problem(400, "name what to drop: invalidate?host=api.github.com&path=/repos/…");
    }
    ResourceKey resource = ResourceKey.of(host.get(), path.get(), "");
    cache.invalidate(resource.host(), resource.path());
    return json(200, Map.of("invalidated", resource.path()));
  }

  private static Optional<String> parameter(Request request, String name) {
    String target = request.target();
    int mark = target.indexOf('?');
    if (mark < 0) {
      return Optional.empty();
    }
    for (String parameter : target.substring(mark + 1).split("&", -1)) {
      if (parameter.startsWith(name + "=")) {
        return decoded(parameter.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> decoded(String text) {
    try {
      return Optional.of(URLDecoder.decode(text, UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Page clear() {
    cache.clear();
    return json(200, Map.of("cleared", true));
  }

  private Page stop() {
    stop.run();
    return json(202, Map.of("stopping", true));
  }

  private static Page wrongMethod(String allowed) {
    Page page = problem(405, "this page takes " + allowed);
    return new Page(405, page.fields().with("Allow", allowed), page.body());
  }

  private static Page problem(int status, String reason) {
    return json(status, Map.of("message", "cachemesh: " + reason));
  }

  private static Page json(int status, Map<String, ?> content) {
    return page(status, "application/json", JSON.writeValueAsString(content));
  }

  private static Page page(int status, String type, String text) {
    return new Page(
        status, Fields.of("Content-Type", type, "Cache-Control", "no-store"), text.getBytes(UTF_8));
  }
}
