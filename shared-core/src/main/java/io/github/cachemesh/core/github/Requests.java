package io.github.cachemesh.core.github;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends a request until it is answered: after a network failure or a 5xx at most {@link
 * ApiLimits#retries} times more, as {@link Retries} says. Follows 2 redirects within the API.
 * Thread-safe; blocks.
 */
final class Requests {
  private static final int MAX_REDIRECTS = 2;
  private static final int MAX_REFUSAL_BYTES = 64 << 10;

  private final OkHttpClient http;
  private final ApiToken token;
  private final Retries retries;
  private final Clock clock;

  Requests(OkHttpClient http, ApiToken token, ApiLimits limits, Clock clock, Pause pause) {
    // A redirect is followed here, where it cannot lead to another server.
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .cache(null)
            .connectTimeout(limits.connect())
            .readTimeout(limits.silence())
            .writeTimeout(limits.silence())
            .build();
    this.token = token;
    this.retries = new Retries(limits.retries(), pause);
    this.clock = clock;
  }

  /** Takes what is wanted out of an answer of status 200; it closes the answer, or hands it on. */
  interface Reader<T> {
    /**
     * @throws GitHubException when the answer makes no sense; it is not asked for again
     * @throws IOException when it breaks off; it is asked for again
     */
    T read(Response response) throws IOException;
  }

  <T> T send(HttpUrl url, Question question, Deadline deadline, Reader<T> reader)
      throws GitHubException {
    for (int attempt = 0; ; attempt++) {
      GitHubException failure;
      try {
        Response response = exchange(url, question, deadline);
        if (response.code() == 200) {
          return reader.read(response);
        }
        failure = refusal(question, response);
        if (response.code() < 500) {
          throw failure;
        }
      } catch (GitHubException e) {
        throw e;
      } catch (IOException e) {
        failure = unreachable(question, e);
      }
      if (!retries.again(attempt, deadline)) {
        throw failure;
      }
    }
  }

  private Response exchange(HttpUrl url, Question question, Deadline deadline) throws IOException {
    HttpUrl next = url;
    for (int redirects = 0; ; redirects++) {
      if (!deadline.leaves(Duration.ZERO)) {
        throw new GitHubUnavailableException(
            "There was no time left to ask GitHub for " + question);
      }
      Call call = http.newCall(request(next, question));
      // No time would mean no limit.
      call.timeout().timeout(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
      Response response = call.execute();
      Optional<HttpUrl> target = target(response, url);
      if (target.isEmpty() || redirects == MAX_REDIRECTS) {
        return response;
      }
      response.close();
      next = target.get();
    }
  }

  private Request request(HttpUrl url, Question question) {
    return new Request.Builder()
        .url(url)
        .header("Authorization", token.authorization())
        .header("Accept", question.accept())
        .header("X-GitHub-Api-Version", "2022-11-28")
        .header("User-Agent", "cachemesh")
        // A cache between here and GitHub must ask GitHub, and keep no alerts.
        .header("Cache-Control", "no-cache, no-store")
        .build();
  }

  /** Where a redirect leads, if it leads to the same server: others shall not see the token. */
  private static Optional<HttpUrl> target(Response response, HttpUrl asked) {
    String location = response.header("Location");
    boolean redirects =
        switch (response.code()) {
          case 301, 302, 307, 308 -> location != null;
          default -> false;
        };
    return redirects
        ? Optional.ofNullable(asked.resolve(String.valueOf(location)))
            .filter(url -> Origins.same(url, asked))
        : Optional.empty();
  }

  private GitHubException refusal(Question question, Response response) throws IOException {
    try (response) {
      byte[] body = response.body().byteStream().readNBytes(MAX_REFUSAL_BYTES);
      return Refusals.of(
          question, response.code(), response.headers(), message(body), clock.instant());
    }
  }

  static String message(byte[] body) {
    try {
      return JsonMapper.shared().readTree(body).path("message").asString("");
    } catch (JacksonException notFromTheApi) {
      return "";
    }
  }

  static GitHubUnavailableException unreachable(Question question, IOException e) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new GitHubUnavailableException(
        "GitHub cannot be asked for " + question + ": " + reason, e);
  }
}
