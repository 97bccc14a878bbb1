package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request as it arrived: whole, in memory.
 *
 * @param method as sent, e.g. {@code GET}
 * @param host which of GitHub's hosts is meant, e.g. {@code api.github.com}
 * @param authority the {@code Host} header as sent
 * @param path decoded, without the query
 * @param query the first value of each parameter, sorted by name
 * @param address the peer's IP address, or {@code local} for a Unix socket
 */
record ApiRequest(
    String method,
    String host,
    String authority,
    String path,
    Map<String, String> query,
    HttpHeaders headers,
    byte[] body,
    String address) {

  /** In Host mode other hosts than the API's are reached under this prefix. */
  static final String HOST_PREFIX = "/_host/";

  static final String API_HOST = "api.github.com";

  static ApiRequest of(
      String method, String target, HttpHeaders headers, byte[] body, String address) {
    String authority = headers.get("Host", "");
    QueryStringDecoder decoder = new QueryStringDecoder(target);
    Map<String, String> query = new TreeMap<>();
    for (Map.Entry<String, List<String>> parameter : decoder.parameters().entrySet()) {
      query.put(parameter.getKey(), parameter.getValue().getFirst());
    }
    String path = decoder.path();
    String host = PublicUrls.isGitHubHost(authority) ? PublicUrls.name(authority) : API_HOST;
    if (path.startsWith(HOST_PREFIX)) {
      int end = path.indexOf('/', HOST_PREFIX.length());
      host = path.substring(HOST_PREFIX.length(), end < 0 ? path.length() : end);
      path = end < 0 ? "/" : path.substring(end);
    }
    return new ApiRequest(method, host, authority, path, query, headers, body, address);
  }

  ApiRequest withPath(String newPath) {
    return new ApiRequest(method, host, authority, newPath, query, headers, body, address);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  String query(String name, String otherwise) {
    return query.getOrDefault(name, otherwise);
  }

  /** HEAD reads what GET reads. */
  boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  boolean isConditional() {
    return headers.contains("If-None-Match") || headers.contains("If-Modified-Since");
  }
}
