package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.http.ResourceKey;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Reads which stored resource a person means: a URL, or a path of the API.
 *
 * <p>The authority is as the cache names it: without the port where that is HTTPS's own.
 */
final class StoredUrl {
  private StoredUrl() {}

  /**
   * @param api the API's address, for a path
   */
  static ResourceKey parse(String text, URI api) {
    URI url;
    try {
      url = new URI(text.replace("[", "%5B").replace("]", "%5D"));
    } catch (URISyntaxException e) {
      throw invalid(text);
    }
    if (url.getHost() == null && !text.startsWith("/")) {
      throw invalid(text);
    }
    URI host = url.getHost() == null ? api : url;
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return ResourceKey.of(
        host.getRawAuthority().replaceFirst(":443$", ""),
        url.getRawQuery() == null ? path : path + "?" + url.getRawQuery(),
        "");
  }

  private static CommandFailure invalid(String text) {
    return CommandFailure.usage(
        text
            + " is neither a URL such as https://api.github.com/rate_limit nor a path such as"
            + " /rate_limit");
  }
}
