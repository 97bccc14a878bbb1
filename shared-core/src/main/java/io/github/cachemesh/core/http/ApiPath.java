package io.github.cachemesh.core.http;

import java.util.List;

/** A path of the REST API without the prefix that GitHub Enterprise Server puts before it. */
final class ApiPath {

  private ApiPath() {}

  /** The segments after the prefix; empty ones are left out, so {@code //user} is {@code /user}. */
  static List<String> segments(String path) {
    List<String> all =
        List.of(path.split("/", -1)).stream().filter(segment -> !segment.isEmpty()).toList();
    boolean prefixed =
        all.size() >= 2 && all.get(0).equalsIgnoreCase("api") && all.get(1).equalsIgnoreCase("v3");
    return prefixed ? all.subList(2, all.size()) : all;
  }

  /**
   * What is the caller's own, whose URL is the same for everybody: {@code /user} and what lies
   * below it.
   */
  static boolean isCallersOwn(String path) {
    List<String> segments = segments(path);
    return !segments.isEmpty() && segments.getFirst().equalsIgnoreCase("user");
  }

  static boolean isRateLimit(String path) {
    List<String> segments = segments(path);
    return segments.size() == 1 && segments.getFirst().equalsIgnoreCase("rate_limit");
  }
}
