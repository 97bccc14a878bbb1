package io.github.cachemesh.core.github;

import io.github.cachemesh.actions.EnvironmentProxies;
import io.github.cachemesh.actions.PromptSockets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GitHub server's REST API, asked with one token for reading only. Each operation of the classes
 * built on it ends within {@link ApiLimits#total}. Thread-safe; blocks.
 */
public final class GitHubApi {
  private final HttpUrl base;
  private final Requests requests;
  private final ApiLimits limits;

  /**
   * @param api such as {@code https://api.github.com} or {@code https://ghe.example/api/v3}, as in
   *     {@code GITHUB_API_URL}
   * @param http says which proxies and certificates are used; remains the caller's
   * @throws IllegalArgumentException when {@code api} is no HTTP URL
   */
  public GitHubApi(URI api, ApiToken token, OkHttpClient http, ApiLimits limits) {
    this(api, token, http, limits, Clock.systemUTC(), GitHubApi::rest);
  }

  GitHubApi(
      URI api, ApiToken token, OkHttpClient http, ApiLimits limits, Clock clock, Pause pause) {
    this.base = base(api);
    this.requests = new Requests(http, token, limits, clock, pause);
    this.limits = limits;
  }

  /** What every path is appended to. */
  static HttpUrl base(URI api) {
    HttpUrl url = HttpUrl.get(api);
    if (url == null || api.getHost() == null) {
      // The URL is not quoted: a proxy's may have a secret in its path.
      throw new IllegalArgumentException("GITHUB_API_URL names no server by http or https");
    }
    return url.newBuilder().username("").password("").query(null).fragment(null).build();
  }

  /** A client that uses the environment's proxies and trusts the JDK's certificates. */
  public static OkHttpClient client(EnvironmentProxies proxies) {
    return new OkHttpClient.Builder()
        .socketFactory(new PromptSockets())
        .proxySelector(proxies)
        .proxyAuthenticator(new ProxyCredentials(proxies))
        .build();
  }

  static void rest(Duration duration) throws InterruptedException {
    boolean _ = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  ApiLimits limits() {
    return limits;
  }

  Deadline deadline() {
    return Deadline.in(limits.total());
  }

  /** The JSON that answers a question. */
  <T> T ask(Question question, Function<JsonNode, T> reader) throws GitHubException {
    return requests.send(
        question.url(base),
        question,
        deadline(),
        response -> parsed(question, body(response, question, limits.maxPageBytes()), reader));
  }

  /** A list, page by page, of at most {@link ApiLimits#maxPages} pages of 100. */
  <T> Listing<T> list(Question question, Function<JsonNode, List<T>> reader)
      throws GitHubException {
    return list(question, limits.maxPages(), deadline(), reader);
  }

  <T> Listing<T> list(
      Question question, int maxPages, Deadline deadline, Function<JsonNode, List<T>> reader)
      throws GitHubException {
    List<T> items = new ArrayList<>();
    HttpUrl url = question.url(base).newBuilder().setQueryParameter("per_page", "100").build();
    for (int page = 1; ; page++) {
      Page<T> read =
          requests.send(
              url,
              question,
              deadline,
              response -> {
                Optional<HttpUrl> next = Links.next(response, question);
                return new Page<>(
                    parsed(question, body(response, question, limits.maxPageBytes()), reader),
                    next);
              });
      items.addAll(read.items());
      if (read.next().isEmpty() || page == maxPages) {
        return new Listing<>(items, read.next().isEmpty());
      }
      url = read.next().get();
    }
  }

  private record Page<T>(List<T> items, Optional<HttpUrl> next) {}

  /** Bytes of at most that length, to be closed by the caller. */
  InputStream stream(Question question, long maxBytes) throws GitHubException {
    return requests.send(
        question.url(base),
        question,
        deadline(),
        response -> new BoundedStream(response.body().byteStream(), question, maxBytes));
  }

  /** A file's bytes, unless they are more than that many. */
  byte[] raw(Question question, int maxBytes) throws GitHubException {
    return requests.send(
        question.url(base),
        question,
        deadline(),
        response -> {
          // A folder's listing is JSON whatever was asked for.
          boolean raw = String.valueOf(response.header("Content-Type")).contains("raw");
          byte[] body = body(response, question, maxBytes);
          if (!raw) {
            throw unreadable(question, null);
          }
          return body;
        });
  }

  private static byte[] body(Response response, Question question, int maxBytes)
      throws IOException {
    try (InputStream body = response.body().byteStream()) {
      // One more byte tells a body of the very length from a longer one.
      byte[] bytes = body.readNBytes(Math.max(maxBytes, maxBytes + 1));
      if (bytes.length > maxBytes) {
        throw tooLong(question, maxBytes);
      }
      return bytes;
    }
  }

  private static <T> T parsed(Question question, byte[] body, Function<JsonNode, T> reader)
      throws GitHubException {
    try {
      return reader.apply(JsonMapper.shared().readTree(body));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw unreadable(question, e);
    }
  }

  static GitHubUnavailableException tooLong(Question question, long maxBytes) {
    return new GitHubUnavailableException(
        "GitHub's answer about " + question + " is longer than " + maxBytes + " bytes");
  }

  static GitHubUnavailableException unreadable(Question question, @Nullable Throwable cause) {
    return new GitHubUnavailableException(
        "GitHub's answer about " + question + " cannot be read", cause);
  }
}
