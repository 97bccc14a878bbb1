package io.github.cachemesh.testkit.oidc;

import java.net.URI;
import java.util.Map;

/**
 * A job's permission to request tokens, until it is closed.
 *
 * @param url where, with a query that an audience is added to
 * @param token the bearer token of the requests, a secret
 */
public record TokenRequests(URI url, String token, Runnable end) implements AutoCloseable {
  /** What the runner adds to the environment of each of the job's steps. */
  public Map<String, String> variables() {
    return Map.of(
        "ACTIONS_ID_TOKEN_REQUEST_URL", url.toString(), "ACTIONS_ID_TOKEN_REQUEST_TOKEN", token);
  }

  /** Ends the permission. */
  @Override
  public void close() {
    end.run();
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "TokenRequests[" + url + "]";
  }
}
