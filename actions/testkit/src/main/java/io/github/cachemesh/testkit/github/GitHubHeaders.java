package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.HttpHeaders;

/** Headers that GitHub adds to every answer of the API. */
final class GitHubHeaders {
  private GitHubHeaders() {}

  static void add(HttpHeaders headers, ApiRequest request, Caller caller) {
    headers.set("X-GitHub-Media-Type", MediaType.of(request.header("Accept")).header());
    headers.set(
        "X-GitHub-Api-Version-Selected",
        ApiVersion.of(request.header("X-GitHub-Api-Version")).date());
    if (caller instanceof Caller.Authorised(Token token) && token.kind() == Token.Kind.USER) {
      headers.set("X-OAuth-Scopes", String.join(", ", token.scopes()));
      if (!headers.contains("X-Accepted-OAuth-Scopes")) {
        headers.set("X-Accepted-OAuth-Scopes", "repo");
      }
      headers.set("GitHub-Authentication-Token-Expiration", "2030-01-01 00:00:00 UTC");
    }
    headers.set("Access-Control-Allow-Origin", "*");
    headers.set(
        "Access-Control-Expose-Headers",
        "ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining,"
            + " X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes,"
            + " X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type,"
            + " X-GitHub-Request-Id");
    headers.set("Strict-Transport-Security", "max-age=31536000; includeSubdomains; preload");
    headers.set("X-Frame-Options", "deny");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", "default-src 'none'");
  }
}
