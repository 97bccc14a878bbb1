package io.github.cachemesh.images.training;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Just enough of an API that a node stores its answers: JSON with an ETag, a 304 to whoever names
 * any ETag, the same of every resource but those that are given. One thread a connection, of which
 * each client opens a handful.
 */
final class TinyUpstream {
  private static final String FIELDS =
      """
      ETag: W/"0123456789abcdef"\r
      Content-Type: application/json; charset=utf-8\r
      Cache-Control: private, max-age=60, s-maxage=60\r
      Vary: Accept, Authorization\r
      X-RateLimit-Limit: 5000\r
      X-RateLimit-Remaining: 4999\r
      """;
  private static final String BODY = "{\"full_name\":\"octocat/training\"}";

  private final ServerSocket server;
  private final Map<String, String> given = new ConcurrentHashMap<>();

  private TinyUpstream(ServerSocket server) {
    this.server = server;
  }

  static TinyUpstream start() throws IOException {
    TinyUpstream upstream =
        new TinyUpstream(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(upstream::accept);
    return upstream;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Answers requests for that path, whatever their query, with that document. */
  void give(String path, String document) {
    given.put(path, document);
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = server.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
      while (true) {
        boolean conditional = false;
        int length = 0;
        String line = in.readLine();
        if (line == null) {
          return;
        }
        String body = given.getOrDefault(line.split("[ ?]")[1], BODY);
        for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          String field = line.toLowerCase(Locale.ROOT);
          conditional |= field.startsWith("if-none-match:");
          if (field.startsWith("content-length:")) {
            length = Integer.parseInt(field.substring(field.indexOf(':') + 1).strip());
          }
        }
        in.skip(length);
        String answer =
            conditional
                ? "HTTP/1.1 304 Not Modified\r\n" + FIELDS + "\r\n"
                : "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s"
                    .formatted(FIELDS, body.length(), body);
        connection.getOutputStream().write(answer.getBytes(US_ASCII));
      }
    } catch (IOException e) {
      // The node has hung up.
    }
  }
}
