package io.github.cachemesh.actions;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests ID tokens of this job from GitHub. Every token is masked before it is returned, and none
 * is ever in a message. Each request has at most 4 attempts of 10 seconds, with pauses of 1, 2 and
 * 4 seconds between them. Thread-safe.
 */
public final class OidcTokens {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<Duration> PAUSES =
      List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final Map<String, String> env;
  private final Commands commands;
  private final Duration timeout;
  private final List<Duration> pauses;

  OidcTokens(Map<String, String> env, Commands commands, Duration timeout, List<Duration> pauses) {
    this.env = env;
    this.commands = commands;
    this.timeout = timeout;
    this.pauses = List.copyOf(pauses);
  }

  static OidcTokens of(Map<String, String> env, Commands commands) {
    return new OidcTokens(env, commands, TIMEOUT, PAUSES);
  }

  /** Whether the job may request tokens. */
  public boolean available() {
    return !env.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_URL", "").isEmpty()
        && !env.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "").isEmpty();
  }

  /**
   * A fresh token for that audience, masked.
   *
   * @throws ActionFailure when the job has no permission or GitHub gives none
   * @throws InterruptedException when interrupted while waiting
   */
  public String request(String audience) throws InterruptedException {
    if (!available()) {
      throw new ActionFailure(
          "This job may not request an OIDC token.",
          "Give the job 'permissions: id-token: write'. Pull requests from forks never have it.");
    }
    URI url = url(audience);
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("Authorization", "Bearer " + env.get("ACTIONS_ID_TOKEN_REQUEST_TOKEN"))
            .header("Accept", "application/json")
            .build();
    try (HttpClient client = client(url)) {
      String token = token(answer(client, request));
      commands.mask(token);
      return token;
    }
  }

  private String answer(HttpClient client, HttpRequest request) throws InterruptedException {
    String problem = "";
    for (int attempt = 0; attempt <= pauses.size(); attempt++) {
      if (attempt > 0) {
        Thread.sleep(pauses.get(attempt - 1));
      }
      try {
        HttpResponse<String> response = exchange(client, request);
        if (response.statusCode() == 200) {
          return response.body();
        }
        problem = "status " + response.statusCode();
        if (!retryable(response.statusCode())) {
          break;
        }
      } catch (TimeoutException _) {
        problem = "no answer within " + timeout.toSeconds() + " s";
      } catch (ExecutionException e) {
        // Only the kind of failure: its text may quote the URL, which names the run's plan.
        problem = Objects.requireNonNullElse(e.getCause(), e).getClass().getSimpleName();
      }
    }
    throw failure(problem);
  }

  /** The request's own time-out ends with the headers; this one covers the body too. */
  private HttpResponse<String> exchange(HttpClient client, HttpRequest request)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(
            request,
            BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_ANSWER_BYTES));
    try {
      return exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      exchange.cancel(true);
    }
  }

  private static boolean retryable(int status) {
    return status == 429 || status >= 500;
  }

  private static String token(String body) {
    try {
      String token = JsonMapper.shared().readTree(body).path("value").asString("");
      if (!token.isBlank()) {
        return token;
      }
    } catch (JacksonException _) {
      // The cause would quote the body.
    }
    throw failure("an answer without a token");
  }

  private URI url(String audience) {
    String base = env.getOrDefault("ACTIONS_ID_TOKEN_REQUEST_URL", "");
    String parameter = "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
    try {
      return URI.create(base + (base.contains("?") ? "&" : "?") + parameter);
    } catch (IllegalArgumentException _) {
      throw failure("an ACTIONS_ID_TOKEN_REQUEST_URL that is no URL");
    }
  }

  private HttpClient client(URI url) {
    EnvironmentProxies proxies = new EnvironmentProxies(env);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .proxy(proxies);
    Optional<PasswordAuthentication> credentials = proxies.credentials(url);
    credentials.ifPresent(known -> builder.authenticator(new ProxyCredentials(known)));
    return builder.build();
  }

  private static ActionFailure failure(String problem) {
    return new ActionFailure(
        "GitHub gave no OIDC token: " + problem + ".",
        "Run the job again; see githubstatus.com when it keeps failing.");
  }

  private static final class ProxyCredentials extends Authenticator {
    private final PasswordAuthentication credentials;

    ProxyCredentials(PasswordAuthentication credentials) {
      this.credentials = credentials;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY ? credentials : null;
    }
  }
}
