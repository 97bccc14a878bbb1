package io.github.cachemesh.testkit.github;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the endpoint of a method and path. A template's segment is literal, {@code {name}}, or (as
 * the last) {@code {name*}} for the rest of the path; the first registered match wins.
 */
final class Router {
  private final List<Route> routes = new ArrayList<>();

  /** Answers one kind of request. */
  interface Endpoint {
    Reply answer(Call call);
  }

  /** An endpoint and what its template's variables stand for. */
  record Match(Endpoint endpoint, Map<String, String> variables) {}

  private record Route(String method, String[] segments, Endpoint endpoint) {}

  Router on(String method, String template, Endpoint endpoint) {
    routes.add(new Route(method, template.substring(1).split("/", -1), endpoint));
    return this;
  }

  Optional<Match> find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String[] segments = path.substring(1).split("/", -1);
    for (Route route : routes) {
      if (route.method.equals(wanted)) {
        Map<String, String> variables = new HashMap<>();
        if (matches(route.segments, segments, variables)) {
          return Optional.of(new Match(route.endpoint, variables));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean matches(
      String[] template, String[] segments, Map<String, String> variables) {
    for (int i = 0; i < template.length; i++) {
      String expected = template[i];
      if (expected.endsWith("*}")) {
        variables.put(
            expected.substring(1, expected.length() - 2),
            i < segments.length
                ? String.join("/", List.of(segments).subList(i, segments.length))
                : "");
        return true;
      }
      if (i >= segments.length) {
        return false;
      }
      if (expected.startsWith("{")) {
        if (segments[i].isEmpty()) {
          return false;
        }
        variables.put(expected.substring(1, expected.length() - 1), segments[i]);
      } else if (!expected.equals(segments[i])) {
        return false;
      }
    }
    return template.length == segments.length;
  }
}
