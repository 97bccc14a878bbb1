package io.github.cachemesh.testkit.github;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/**
 * A recorded scenario. Reads answer what was recorded next after the last write that was replayed,
 * so repeated reads agree and a write changes what is read. Not thread-safe.
 */
final class Tape {
  private static final List<String> KEPT = List.of("location", "link", "x-accepted-oauth-scopes");

  private final List<Recording> recordings;
  private int position;

  private Tape(List<Recording> recordings) {
    this.recordings = recordings;
  }

  private record Recording(
      String host, String method, String path, Map<String, String> query, Reply reply) {
    boolean answers(ApiRequest request) {
      String wanted = request.method().equals("HEAD") ? "GET" : request.method();
      return method.equals(wanted)
          && host.equals(request.host())
          && path.equals(request.path())
          && query.equals(request.query());
    }
  }

  static Tape of(JsonNode scenario) {
    return new Tape(
        StreamSupport.stream(scenario.spliterator(), false).map(Tape::recording).toList());
  }

  Optional<Reply> answer(ApiRequest request) {
    int before = -1;
    for (int i = 0; i < recordings.size(); i++) {
      if (recordings.get(i).answers(request)) {
        if (i >= position) {
          position = request.isRead() ? position : i + 1;
          return Optional.of(recordings.get(i).reply);
        }
        before = i;
      }
    }
    return before < 0 ? Optional.empty() : Optional.of(recordings.get(before).reply);
  }

  void rewind() {
    position = 0;
  }

  List<String> readablePaths() {
    List<String> paths = new ArrayList<>();
    for (Recording recording : recordings) {
      if (recording.method.equals("GET")
          && recording.host.equals(ApiRequest.API_HOST)
          && recording.reply.status() == 200) {
        String query =
            String.join(
                "&",
                recording.query.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                    .toList());
        paths.add(query.isEmpty() ? recording.path : recording.path + "?" + query);
      }
    }
    return paths;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Recording recording(JsonNode node) {
    String method = Recordings.text(node, "method").toUpperCase(Locale.ROOT);
    QueryStringDecoder target = new QueryStringDecoder(Recordings.text(node, "path"));
    Map<String, String> query = new TreeMap<>();
    target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    return new Recording(
        URI.create(Recordings.text(node, "scope")).getHost(),
        method,
        target.path(),
        query,
        reply(node, target.path()));
  }

  private static Reply reply(JsonNode node, String path) {
    JsonNode headers = node.path("headers");
    int status = node.path("status").intValue();
    Reply.Payload payload = payload(node, headers);
    Validator validator = status == 200 ? validator(payload, path) : Validator.NONE;
    Reply reply = new Reply(status, payload, validator, lastModified(headers), Map.of());
    for (String name : KEPT) {
      String value = headers.path(name).asString("");
      if (!value.isEmpty()) {
        reply = reply.with(name, value);
      }
    }
    return reply;
  }

  private static Reply.Payload payload(JsonNode node, JsonNode headers) {
    JsonNode response = node.path("response");
    if (response.isObject() || response.isArray()) {
      return new Reply.Payload.Json(response);
    }
    String text = response.asString("");
    if (text.isEmpty()) {
      return new Reply.Payload.Nothing();
    }
    String type = headers.path("content-type").asString("text/plain");
    byte[] bytes =
        node.path("responseIsBinary").asBoolean(false)
            ? HexFormat.of().parseHex(text)
            : text.getBytes(StandardCharsets.UTF_8);
    return new Reply.Payload.Bytes(bytes, type);
  }

  private static Validator validator(Reply.Payload payload, String path) {
    if (!path.contains("/contents/")) {
      return Validator.FORMULA;
    }
    return new Validator.GitSha(
        switch (payload) {
          case Reply.Payload.Bytes(byte[] content, _) -> GitObject.blob(content);
          case Reply.Payload.Json(JsonNode json) -> GitObject.named("tree", json.toString());
          case Reply.Payload.Nothing() -> GitObject.named("tree", "");
        });
  }

  private static Instant lastModified(JsonNode headers) {
    String date = headers.path("last-modified").asString("");
    return date.isEmpty()
        ? Validator.NO_DATE
        : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }
}
