package io.github.cachemesh.core.http;

import java.util.List;
import java.util.Locale;

/** A path of the REST API without the prefix that GitHub Enterprise Server puts before it. */
final class ApiPath {
  private static final String ENTERPRISE_PREFIX = "/api/v3";

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

  /**
   * The path with the names of accounts and repositories in lower case: GitHub ignores their case.
   */
  static String withNamesInLowerCase(String path) {
    int start = path.startsWith(ENTERPRISE_PREFIX + "/") ? ENTERPRISE_PREFIX.length() : 0;
    int names = path.startsWith("/repos/", start) ? 2 : isOfAccount(path, start) ? 1 : 0;
    if (names == 0) {
      return path;
    }
    int first = path.indexOf('/', start + 1);
    int end = first;
    for (int i = 0; i < names && end < path.length(); i++) {
      int slash = path.indexOf('/', end + 1);
      end = slash < 0 ? path.length() : slash;
    }
    String named = path.substring(first, end);
    // A percent-encoding is in upper case already, and no name needs one.
    return named.contains("%")
        ? path
        : path.substring(0, first) + named.toLowerCase(Locale.ROOT) + path.substring(end);
  }

  private static boolean isOfAccount(String path, int start) {
    return path.startsWith("/users/", start) || path.startsWith("/orgs/", start);
  }
}
