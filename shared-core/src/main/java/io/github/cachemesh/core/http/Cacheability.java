package io.github.cachemesh.core.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What may be looked up and what may be kept. Every "no" has its word, which {@code Cache-Status}
 * carries.
 */
public final class Cacheability {
  private static final Set<String> CREDENTIAL_PARAMETERS =
      Set.of(
          "access_token",
          "client_secret",
          "token",
          "sig",
          "signature",
          "jwt",
          "x-amz-credential",
          "x-amz-security-token",
          "x-amz-signature",
          "x-goog-signature");
  private static final List<String> CONDITIONS_LEFT_TO_GITHUB =
      List.of("If-Match", "If-Unmodified-Since", "If-Range");

  private Cacheability() {}

  /** Why the cache leaves a request alone; empty where it may answer it. */
  public static Optional<Bypass> bypass(Request request) {
    ResourceKey resource = request.key().resource();
    Fields fields = request.fields();
    if (!request.method().equals("GET") && !request.isHead()) {
      return Optional.of(Bypass.METHOD);
    }
    if (ApiPath.isRateLimit(resource.path())) {
      return Optional.of(Bypass.RATE_LIMIT);
    }
    if (ApiPath.isCallersOwn(resource.path())) {
      return Optional.of(Bypass.CALLERS_OWN);
    }
    if (carriesCredential(resource.query())) {
      return Optional.of(Bypass.CREDENTIAL_IN_URL);
    }
    if (fields.has("Range")) {
      return Optional.of(Bypass.RANGE);
    }
    if (fields.has("X-GitHub-OTP")) {
      return Optional.of(Bypass.ONE_TIME_PASSWORD);
    }
    if (CONDITIONS_LEFT_TO_GITHUB.stream().anyMatch(fields::has)
        || fields.members("If-None-Match").contains("*")) {
      return Optional.of(Bypass.CONDITION);
    }
    if (new CacheControl(fields).has("no-store")) {
      return Optional.of(Bypass.NO_STORE);
    }
    return Optional.empty();
  }

  private static boolean carriesCredential(String query) {
    for (String parameter : query.split("[&;]", -1)) {
      String name = parameter.split("=", 2)[0];
      if (CREDENTIAL_PARAMETERS.contains(name.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }

  /** Whether an answer to a request that the cache may look up may be kept. */
  public static boolean mayStore(Request request, int status, Fields response) {
    return request.method().equals("GET")
        && status == 200
        && !response.has("Set-Cookie")
        && !response.has("Content-Range")
        && !response.has("Location")
        && !new CacheControl(response).has("no-store");
  }

  /** Whether a request is charged against a rate limit at all. */
  public static boolean isFree(Request request) {
    return ApiPath.isRateLimit(request.key().resource().path());
  }

  /** Why a request is not looked up. */
  public enum Bypass {
    METHOD("method"),
    RATE_LIMIT("rate-limit"),
    CALLERS_OWN("callers-own"),
    CREDENTIAL_IN_URL("credential-in-url"),
    RANGE("range"),
    ONE_TIME_PASSWORD("otp"),
    CONDITION("condition"),
    NO_STORE("no-store");

    private final String word;

    Bypass(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
