package io.github.cachemesh.core.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.http.Fields;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The proxy's own errors, in the shape of GitHub's, so that clients print them. */
final class Problem {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** To whoever does not know a {@link SecretBase}: nothing of what is there. */
  static final Reply NOTHING_HERE =
      new Reply(
          404,
          Fields.of("Content-Type", "application/json; charset=utf-8"),
          new Reply.Content.Whole("{\"message\":\"\"}".getBytes(UTF_8)),
          Account.NONE);

  private Problem() {}

  static Reply reply(int status, String reason) {
    byte[] body =
        JSON.writeValueAsString(Map.of("message", "cachemesh: " + reason)).getBytes(UTF_8);
    return new Reply(
        status,
        Fields.of(
            "Content-Type",
            "application/json; charset=utf-8",
            CacheStatus.FIELD,
            CacheStatus.OWN_ANSWER.text()),
        new Reply.Content.Whole(body),
        Account.NONE);
  }
}
