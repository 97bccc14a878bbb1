package io.github.cachemesh.core.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The pages of the service: two for jobs, and for whoever runs it {@code /health}, 200 or 503, and
 * {@code /metrics}. The last two tell nobody's secrets and are open to all who reach the service.
 * Thread-safe; blocks.
 */
final class ServicePages {
  private static final Set<String> FOLLOWED = Set.of("policy", "tls");

  private final String prefix;
  private final Exchanges exchanges;
  private final ServiceMetrics metrics;
  private final Supplier<Map<String, Optional<String>>> problems;

  /**
   * @param problems by what has it; those who run the service find the text in the log
   */
  ServicePages(
      ServiceUrl service,
      Exchanges exchanges,
      ServiceMetrics metrics,
      Supplier<Map<String, Optional<String>>> problems) {
    this.prefix = service.path();
    this.exchanges = exchanges;
    this.metrics = metrics;
    this.problems = problems;
  }

  /**
   * Answers a request.
   *
   * @param target as it came, with its query
   * @param address where it came from
   */
  Reply answer(String method, String target, byte[] body, String address) {
    String path = target.split("\\?", 2)[0];
    // What forwards requests here may take the service's own path off, or leave it.
    String page = path.startsWith(prefix + "/") ? path.substring(prefix.length()) : path;
    return switch (page) {
      case Wire.CREDENTIALS_PAGE ->
          method.equals("POST") ? exchanges.credentials(body, address) : wrongMethod("POST");
      case Wire.RELEASE_PAGE ->
          method.equals("POST") ? exchanges.release(body, address) : wrongMethod("POST");
      case "/health" -> method.equals("GET") ? health() : wrongMethod("GET");
      case "/metrics" ->
          method.equals("GET")
              ? new Reply(200, ServiceMetrics.CONTENT_TYPE, metrics.text())
              : wrongMethod("GET");
      default -> Reply.problem(404, "there is no such page");
    };
  }

  private Reply health() {
    Map<String, String> parts = new LinkedHashMap<>();
    problems
        .get()
        .forEach((part, problem) -> parts.put(part, problem.isEmpty() ? "ok" : "see the log"));
    // With what these said before it still serves.
    boolean serves =
        parts.entrySet().stream()
            .allMatch(part -> FOLLOWED.contains(part.getKey()) || part.getValue().equals("ok"));
    return Reply.json(serves ? 200 : 503, parts);
  }

  private static Reply wrongMethod(String right) {
    return Reply.problem(405, "this page takes %s only".formatted(right));
  }
}
