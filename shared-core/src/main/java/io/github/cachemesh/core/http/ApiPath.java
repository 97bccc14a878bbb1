package io.github.cachemesh.core.http;

import java.util.List;
import java.util.Locale;

/** A path of the REST API without the prefix that GitHub Enterprise Server puts before it. */
final class ApiPath {
  private static final String ENTERPRISE_PREFIX = "/api/v3";

  private ApiPath() {}

  static String of(String path) {
    boolean prefixed = path.equals(ENTERPRISE_PREFIX) || path.startsWith(ENTERPRISE_PREFIX + "/");
    return prefixed ? path.substring(ENTERPRISE_PREFIX.length()) : path;
  }

  static List<String> segments(String path) {
    return List.of(of(path).split("/", -1)).stream().filter(segment -> !segment.isEmpty()).toList();
  }

  /**
   * What is the caller's own, whose URL is the same for everybody: {@code /user} and what lies
   * below it.
   */
  static boolean isCallersOwn(String path) {
    List<String> segments = segments(path);
    return !segments.isEmpty() && segments.getFirst().toLowerCase(Locale.ROOT).equals("user");
  }

  static boolean isRateLimit(String path) {
    return segments(path).equals(List.of("rate_limit"));
  }
}
