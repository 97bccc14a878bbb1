package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node that somebody else runs: this job may use it, but neither holds a lease on it nor may ask
 * it for statistics.
 */
final class ForeignNode {
  private static final String INPUT = "node-url";
  private static final int OK = 200;

  private ForeignNode() {}

  /**
   * The base URL, without a slash at its end, once a node has answered there.
   *
   * @throws ActionFailure when it is no URL or no node answers within {@link
   *     NodeStart#ANSWER_LIMIT}
   */
  static URI checked(Inputs inputs, String text) throws InterruptedException {
    URI url;
    try {
      url = URI.create(text.replaceAll("/+$", ""));
    } catch (IllegalArgumentException e) {
      throw inputs.failure(INPUT, "is no URL");
    }
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getRawUserInfo() != null) {
      throw inputs.failure(INPUT, "must be an http or https URL without user information");
    }
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(NodeStart.ANSWER_LIMIT).build()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(url + "/_cachemesh/health"))
                  .timeout(NodeStart.ANSWER_LIMIT)
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() == OK && isHealthy(answer.body())) {
        return url;
      }
      throw inputs.failure(INPUT, "names " + url + ", but what answers there is no cache node");
    } catch (IOException e) {
      throw inputs.failure(INPUT, "names " + url + ", but no cache node answers there");
    }
  }

  private static boolean isHealthy(String body) {
    try {
      return JsonMapper.shared().readTree(body).path("status").asString("").equals("ok");
    } catch (JacksonException e) {
      return false;
    }
  }
}
