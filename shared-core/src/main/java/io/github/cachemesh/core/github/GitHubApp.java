package io.github.cachemesh.core.github;

import io.github.cachemesh.core.github.AppException.Fault;
import io.github.cachemesh.core.github.AppRequests.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A GitHub App that mints tokens for what a grant says and nothing more, and ends them. Each
 * operation ends within {@link ApiLimits#total}. Thread-safe; blocks.
 */
public final class GitHubApp {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7E]{1,4096}");
  private static final MediaType JSON_TYPE = MediaType.get("application/json");

  /** Every installation token has it, asked for or not. */
  private static final String METADATA = "metadata";

  private final AppKey key;
  private final AppRequests requests;
  private final Clock clock;

  /**
   * @param api such as {@code https://api.github.com} or {@code https://ghe.example/api/v3}
   * @param http says which proxies and certificates are used; remains the caller's
   * @throws IllegalArgumentException when {@code api} is no HTTP URL
   */
  public GitHubApp(URI api, AppKey key, OkHttpClient http, ApiLimits limits) {
    this(api, key, http, limits, Clock.systemUTC(), GitHubApi::rest);
  }

  GitHubApp(URI api, AppKey key, OkHttpClient http, ApiLimits limits, Clock clock, Pause pause) {
    this.key = key;
    this.requests = new AppRequests(GitHubApi.base(api), http, limits, pause);
    this.clock = clock;
  }

  /**
   * A new token that may do what the grant says in the repositories that it names, and nothing
   * else. It is minted at most once: a network failure in between is not tried again.
   *
   * @throws AppException as its fault says
   */
  public InstallationToken mint(AppGrant grant) throws AppException {
    Deadline deadline = requests.deadline();
    String jwt = key.jwt(clock.instant());
    long installation = installation(grant.repositories().getFirst(), jwt, deadline);
    Request request =
        requests
            .to("app/installations/" + installation + "/access_tokens", jwt)
            .post(RequestBody.create(JSON.writeValueAsBytes(asked(grant)), JSON_TYPE))
            .build();
    Answer answer = requests.once(request, deadline);
    if (answer.status() != 201) {
      throw refusal("a token for " + words(grant), answer, Fault.NOT_GRANTED);
    }
    return minted(grant, answer);
  }

  private long installation(RepositoryName repository, String jwt, Deadline deadline)
      throws AppException {
    Request request =
        requests
            .to("repos/" + repository.owner() + "/" + repository.name() + "/installation", jwt)
            .build();
    Answer answer = requests.repeatable(request, deadline);
    String what = "the App's installation for " + repository;
    if (answer.status() != 200) {
      throw refusal(what, answer, Fault.NOT_INSTALLED);
    }
    try {
      return Field.number(JSON.readTree(answer.body()), "id");
    } catch (JacksonException | IllegalArgumentException _) {
      throw new AppException(
          Fault.UNEXPECTED, "GitHub's answer about " + what + " cannot be read", null);
    }
  }

  private static Map<String, Object> asked(AppGrant grant) {
    return Map.of(
        "repositories",
        grant.repositories().stream().map(RepositoryName::name).toList(),
        "permissions",
        grant.permissions());
  }

  private InstallationToken minted(AppGrant grant, Answer answer) throws AppException {
    String what = "GitHub's answer about a token for " + words(grant);
    JsonNode document;
    byte[] token;
    try {
      document = JSON.readTree(answer.body());
      token = token(document);
    } catch (JacksonException | IllegalArgumentException _) {
      // The cause would quote the answer.
      throw new AppException(Fault.UNEXPECTED, what + " cannot be read", null);
    } finally {
      Arrays.fill(answer.body(), (byte) 0);
    }
    try {
      Instant expires = Instant.parse(Field.text(document, "expires_at"));
      if (isAsAsked(grant, document)) {
        return new InstallationToken(token, grant, expires);
      }
    } catch (JacksonException | IllegalArgumentException | DateTimeException _) {
      // As good as another grant.
    }
    try {
      revoke(token);
    } finally {
      Arrays.fill(token, (byte) 0);
    }
    throw new AppException(
        Fault.UNEXPECTED, what + " gives another grant; the token was revoked", null);
  }

  private static byte[] token(JsonNode document) {
    String token = Field.text(document, "token");
    if (!TOKEN.matcher(token).matches()) {
      throw new IllegalArgumentException("no token");
    }
    return token.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean isAsAsked(AppGrant grant, JsonNode document) {
    Set<String> repositories =
        document
            .required("repositories")
            .asArray()
            .valueStream()
            .map(repository -> lowerCase(Field.text(repository, "full_name")))
            .collect(Collectors.toSet());
    Set<String> asked =
        grant.repositories().stream()
            .map(repository -> lowerCase(repository.toString()))
            .collect(Collectors.toSet());
    Map<String, String> permissions = new TreeMap<>();
    for (Map.Entry<String, JsonNode> permission : document.required("permissions").properties()) {
      permissions.put(permission.getKey(), permission.getValue().stringValue());
    }
    if (!grant.permissions().containsKey(METADATA)) {
      permissions.remove(METADATA, "read");
    }
    return repositories.equals(asked) && permissions.equals(grant.permissions());
  }

  /**
   * Ends a token before its time. One that has ended already is as well ended.
   *
   * @param token in ASCII; remains the caller's
   * @throws AppException when it may still hold, as its fault says
   * @throws IllegalArgumentException when the bytes can be no token
   */
  public void revoke(byte[] token) throws AppException {
    String bearer = new String(token, StandardCharsets.US_ASCII);
    if (!TOKEN.matcher(bearer).matches()) {
      throw new IllegalArgumentException("these bytes are no token");
    }
    Request request = requests.to("installation/token", bearer).delete().build();
    Answer answer = requests.repeatable(request, requests.deadline());
    // GitHub knows the token no more: 401.
    if (answer.status() != 204 && answer.status() != 401) {
      throw refusal("the revocation of a token", answer, Fault.UNEXPECTED);
    }
  }

  /**
   * @param ofTheGrant the fault of a 404 or 422, which say that something is not there
   */
  private static AppException refusal(String what, Answer answer, Fault ofTheGrant) {
    Fault fault =
        switch (answer.status()) {
          case 401 -> Fault.KEY_REFUSED;
          case 404, 422 -> ofTheGrant;
          case 403 -> Refusals.saysLimit(answer.message()) ? Fault.UNAVAILABLE : Fault.KEY_REFUSED;
          default ->
              answer.status() < 500 && answer.status() != 429
                  ? Fault.UNEXPECTED
                  : Fault.UNAVAILABLE;
        };
    return new AppException(
        fault, "GitHub refuses " + what + " (" + answer.words() + ")" + remedy(fault), null);
  }

  private static String remedy(Fault fault) {
    return switch (fault) {
      case KEY_REFUSED ->
          "; see the App's id, its key, this machine's clock, and whether the App is suspended";
      case NOT_INSTALLED -> "; install the App there, for this repository";
      case NOT_GRANTED ->
          "; give the App's installation these permissions and repositories, or grant less";
      case UNAVAILABLE -> "; try again later";
      case UNEXPECTED -> "; see the API's URL";
    };
  }

  private static String words(AppGrant grant) {
    return grant.permissions() + " in " + grant.repositories();
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
