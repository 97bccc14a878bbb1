package io.github.cachemesh.testkit.github;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The URLs that a client can reach: what GitHub calls {@code https://api.github.com}, uploads,
 * downloads and storage, as seen through this request's {@code Host}.
 *
 * <p>A client that says {@code Host: api.github.com} (through a socket or a CONNECT proxy) gets
 * GitHub's own URLs. Any other gets the API at the authority that it used and the further hosts
 * below {@code /_host/<name>/}.
 */
final class PublicUrls {
  private static final String API = "https://api.github.com";
  private static final List<String> FURTHER =
      List.of(
          "uploads.github.com",
          "objects.githubusercontent.com",
          "codeload.github.com",
          "raw.githubusercontent.com",
          "productionresultssa0.blob.core.windows.net");

  private final String base;

  private PublicUrls(String base) {
    this.base = base;
  }

  static PublicUrls of(ApiRequest request, Optional<URI> configured, boolean tls) {
    if (configured.isPresent()) {
      String base = configured.get().toString();
      return new PublicUrls(base.endsWith("/") ? base.substring(0, base.length() - 1) : base);
    }
    if (isGitHubHost(request.authority()) || request.authority().isEmpty()) {
      return new PublicUrls(API);
    }
    return new PublicUrls((tls ? "https://" : "http://") + request.authority());
  }

  static boolean isGitHubHost(String authority) {
    String name = name(authority);
    return name.equals("github.com")
        || name.equals(ApiRequest.API_HOST)
        || FURTHER.contains(name)
        || name.endsWith(".githubusercontent.com")
        || name.endsWith(".blob.core.windows.net");
  }

  static String name(String authority) {
    String lower = authority.toLowerCase(Locale.ROOT);
    int colon = lower.lastIndexOf(':');
    return colon < 0 || lower.endsWith("]") ? lower : lower.substring(0, colon);
  }

  /** Every host of GitHub's that the simulator plays. */
  static List<String> hosts() {
    return Stream.concat(Stream.of("github.com", ApiRequest.API_HOST), FURTHER.stream()).toList();
  }

  /** The text with GitHub's URLs replaced by those that this client can reach. */
  String rewrite(String text) {
    if (base.equals(API)) {
      return text;
    }
    String rewritten = text.replace(API, base);
    for (String host : FURTHER) {
      rewritten = rewritten.replace("https://" + host, base + ApiRequest.HOST_PREFIX + host);
    }
    return rewritten;
  }
}
