package io.github.cachemesh.core.github;

import io.github.cachemesh.core.github.AppException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The requests of an App. Those that may be repeated are, after a network failure or a 5xx, at most
 * {@link ApiLimits#retries} times, as {@link Retries} says. Redirects are not followed: nobody else
 * shall see a token. Thread-safe; blocks.
 */
final class AppRequests {
  private static final int MAX_BODY_BYTES = 1 << 20;

  private final HttpUrl base;
  private final OkHttpClient http;
  private final ApiLimits limits;
  private final Retries retries;

  /** What GitHub said. */
  record Answer(int status, byte[] body) {
    /** GitHub's own words about a refusal, possibly none. */
    String message() {
      return Requests.message(body);
    }

    /** For messages: the status and GitHub's own words. */
    String words() {
      return Refusals.said(status, message());
    }
  }

  AppRequests(HttpUrl base, OkHttpClient http, ApiLimits limits, Pause pause) {
    this.base = base;
    this.http =
        http.newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            // It would repeat a request by itself.
            .retryOnConnectionFailure(false)
            .cache(null)
            .connectTimeout(limits.connect())
            .readTimeout(limits.silence())
            .writeTimeout(limits.silence())
            .build();
    this.limits = limits;
    this.retries = new Retries(limits.retries(), pause);
  }

  Deadline deadline() {
    return Deadline.in(limits.total());
  }

  /** A request with this bearer token, to be completed with its method. */
  Request.Builder to(String path, String token) {
    return new Request.Builder()
        .url(base.newBuilder().addPathSegments(path).build())
        .header("Authorization", "Bearer " + token)
        .header("Accept", Question.JSON)
        .header("X-GitHub-Api-Version", "2022-11-28")
        .header("User-Agent", "cachemesh")
        .header("Cache-Control", "no-cache, no-store");
  }

  /** Sends it again when that may help. */
  Answer repeatable(Request request, Deadline deadline) throws AppException {
    for (int attempt = 0; ; attempt++) {
      try {
        Answer answer = once(request, deadline);
        if (answer.status() < 500 || !retries.again(attempt, deadline)) {
          return answer;
        }
      } catch (AppException e) {
        if (!retries.again(attempt, deadline)) {
          throw e;
        }
      }
    }
  }

  Answer once(Request request, Deadline deadline) throws AppException {
    if (!deadline.leaves(Duration.ZERO)) {
      throw new AppException(Fault.UNAVAILABLE, "There was no time left to ask GitHub", null);
    }
    Call call = http.newCall(request);
    // No time would mean no limit.
    call.timeout().timeout(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
    try (Response response = call.execute();
        InputStream body = response.body().byteStream()) {
      byte[] bytes = body.readNBytes(MAX_BODY_BYTES + 1);
      if (bytes.length > MAX_BODY_BYTES) {
        throw new IOException("an answer of more than %d bytes".formatted(MAX_BODY_BYTES));
      }
      return new Answer(response.code(), bytes);
    } catch (IOException e) {
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new AppException(Fault.UNAVAILABLE, "GitHub cannot be asked: " + reason, e);
    }
  }
}
