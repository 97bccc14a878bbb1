package io.github.cachemesh.setup.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Docker engine, asked in the newest version of its API that both sides know. Each call is a
 * connection of its own and takes {@link #LIMIT} at most. Thread-safe; blocks.
 */
public final class DockerEngine {
  static final ApiVersion OLDEST = new ApiVersion(1, 41);
  static final ApiVersion NEWEST = new ApiVersion(1, 52);
  static final Duration LIMIT = Duration.ofSeconds(30);

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String JSON_TYPE = "application/json";

  private final Path socket;
  private final String prefix;

  private DockerEngine(Path socket, String prefix) {
    this.socket = socket;
    this.prefix = prefix;
  }

  /**
   * Agrees on a version with the engine.
   *
   * @throws IOException when nothing answers, or an engine that is too old
   */
  public static DockerEngine connect(Path socket) throws IOException {
    DockerEngine unversioned = new DockerEngine(socket, "");
    EngineSocket.Reply pong = unversioned.exchange("GET", "/_ping", null, JSON_TYPE);
    ApiVersion offered = ApiVersion.parse(pong.head().field("Api-Version"));
    if (offered.compareTo(OLDEST) < 0) {
      throw new IOException(
          "the Docker engine speaks version %s of its API, and %s is the oldest that will do"
              .formatted(offered, OLDEST));
    }
    ApiVersion agreed = offered.compareTo(NEWEST) < 0 ? offered : NEWEST;
    return new DockerEngine(socket, "/v" + agreed);
  }

  /** What that path holds. */
  public JsonNode get(String path) throws IOException {
    return json(exchange("GET", prefix + path, null, JSON_TYPE));
  }

  /** Has something done. */
  public void post(String path) throws IOException {
    // No body: an engine that does not read one resets the connection, and its answer may be lost.
    var _ = exchange("POST", prefix + path, new byte[0], JSON_TYPE);
  }

  /** Has something made. */
  public JsonNode post(String path, Map<String, ?> body) throws IOException {
    return json(exchange("POST", prefix + path, JSON.writeValueAsBytes(body), JSON_TYPE));
  }

  public void delete(String path) throws IOException {
    var _ = exchange("DELETE", prefix + path, null, JSON_TYPE);
  }

  /** Unpacks an archive in a container, which need not run. */
  public void unpack(String container, String folder, byte[] tar) throws IOException {
    var _ =
        exchange(
            "PUT",
            prefix + "/containers/" + container + "/archive?path=" + encoded(folder),
            tar,
            "application/x-tar");
  }

  /**
   * Connects with the standard streams of a container, running or about to be started.
   *
   * @throws EngineFailure when there is no such container
   */
  public Attachment attach(String container) throws IOException {
    EngineSocket connection = EngineSocket.open(socket);
    try {
      EngineSocket.Head head =
          connection.within(
              LIMIT,
              () -> {
                connection.request(
                    "POST",
                    prefix
                        + "/containers/"
                        + container
                        + "/attach?stream=1&stdin=1&stdout=1&stderr=1",
                    JSON_TYPE,
                    new byte[0]);
                return connection.head();
              });
      if (head.status() >= 300) {
        throw failure(new EngineSocket.Reply(head, connection.in().readNBytes(4096)));
      }
      return new Attachment(connection);
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** A value of {@code filters} in a query. */
  public static String filters(Map<String, List<String>> filters) {
    return encoded(JSON.writeValueAsString(filters));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private EngineSocket.Reply exchange(
      String method, String target, byte @Nullable [] body, String type) throws IOException {
    try (EngineSocket connection = EngineSocket.open(socket)) {
      EngineSocket.Reply reply =
          connection.within(
              LIMIT,
              () -> {
                connection.request(method, target, type, body);
                return connection.reply();
              });
      // 304 is what an engine says to a start of what has been started.
      if (reply.head().status() >= 400) {
        throw failure(reply);
      }
      return reply;
    }
  }

  private static EngineFailure failure(EngineSocket.Reply reply) {
    String text = new String(reply.body(), UTF_8).strip();
    try {
      text = JSON.readTree(text).path("message").asString(text);
    } catch (JacksonException e) {
      // A proxy before the engine says it in its own way.
    }
    int status = reply.head().status();
    return new EngineFailure(status, "the Docker engine answered " + status + ": " + text);
  }

  private static JsonNode json(EngineSocket.Reply reply) throws IOException {
    if (reply.body().length == 0) {
      return JSON.createObjectNode();
    }
    try {
      return JSON.readTree(reply.body());
    } catch (JacksonException e) {
      throw new IOException("the Docker engine's answer is no JSON", e);
    }
  }
}
