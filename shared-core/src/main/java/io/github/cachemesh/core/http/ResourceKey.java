package io.github.cachemesh.core.http;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names a resource by its final URL and the API version asked for, whoever asks and in whatever
 * media type.
 *
 * <p>Host, path and query are normalised as RFC 3986 section 6.2.2 allows: case of the host and of
 * percent-encodings, unreserved characters decoded, dot segments removed; names of accounts and
 * repositories are in lower case, as GitHub takes them; query parameters are sorted by name, equal
 * names keep their order. Never holds a credential: {@link Cacheability} refuses a query that
 * carries one.
 *
 * @param host authority, lower case, with its port where the URL names one
 * @param path absolute path
 * @param query without the question mark; empty where there is none
 * @param apiVersion the value of {@code X-GitHub-Api-Version}, empty where absent: GitHub's {@code
 *     Vary} leaves it out, yet it changes the body
 */
public record ResourceKey(String host, String path, String query, String apiVersion) {

  /** The key of a request target in origin form, {@code /path?query}. */
  public static ResourceKey of(String authority, String target, String apiVersion) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark + 1);
    return new ResourceKey(
        authority.toLowerCase(Locale.ROOT),
        ApiPath.withNamesInLowerCase(
            PercentEncoding.withoutDotSegments(PercentEncoding.normalise(path))),
        sorted(PercentEncoding.normalise(query)),
        apiVersion);
  }

  private static String sorted(String query) {
    if (query.indexOf('&') < 0) {
      return query;
    }
    return Arrays.stream(query.split("&", -1))
        .filter(parameter -> !parameter.isEmpty())
        .sorted(Comparator.comparing(parameter -> parameter.split("=", 2)[0]))
        .collect(Collectors.joining("&"));
  }

  /** The request target, in normalised form. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }
}
