package io.github.cachemesh.images.training;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * Just enough of a Docker engine, on its Unix socket, that an action finds itself and takes leases
 * on nodes: it has none at first and makes one when asked to.
 */
final class TinyEngine {
  static final String CONTAINER = "0".repeat(64);

  private static final String NODE = "1".repeat(64);
  private static final String LEASE =
      """
      {"leases":1,"node":"n-1","version":"1","url":"http://127.0.0.1:1","socket":"/job/s",\
      "gateway_url":"http://172.17.0.1:2/x","cache_dir":"/cache/c","stats_file":"/cache/c/jobs/r.json"}\
      """;
  private static final String MOUNTS =
      """
      [{"Type":"bind","Source":"/runner/_temp","Destination":"/github/runner_temp"},\
      {"Type":"volume","Name":"v","Source":"/volumes/v","Destination":"/cache"}]\
      """;

  private final ServerSocketChannel server;
  private final String output;
  private final String report;
  private volatile String labels = "";

  private TinyEngine(ServerSocketChannel server, String output, String report) {
    this.server = server;
    this.output = output;
    // An answer is a line.
    this.report = report.replaceAll("\\s*\\n\\s*", "");
  }

  /**
   * @param output {@code GITHUB_OUTPUT} of the steps, by which they know themselves
   * @param report a node's statistics
   */
  static void start(Path socket, String output, String report) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(new TinyEngine(server, output, report)::accept);
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (SocketChannel client = channel) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(client), ISO_8859_1));
      OutputStream out = Channels.newOutputStream(client);
      String[] request = in.readLine().split(" ");
      String path = request[1].replaceFirst("^/v1\\.[0-9]+", "").replaceFirst("\\?.*", "");
      String body = body(in);
      if (path.endsWith("/attach")) {
        out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(UTF_8));
        control(in, out);
      } else {
        out.write(
            ("HTTP/1.0 200 OK\r\nApi-Version: 1.41\r\n\r\n" + answer(path, body)).getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The action has hung up.
    }
  }

  private static String body(BufferedReader in) throws IOException {
    int length = 0;
    for (String field = in.readLine(); !field.isEmpty(); field = in.readLine()) {
      if (field.startsWith("Content-Length: ")) {
        length = Integer.parseInt(field.substring("Content-Length: ".length()));
      }
    }
    char[] body = new char[length];
    for (int read = 0; read < length; ) {
      read += Math.max(0, in.read(body, read, length - read));
    }
    return new String(body);
  }

  private String answer(String path, String body) {
    return switch (path) {
      case "/_ping" -> "OK";
      case "/info" -> "{\"OSType\":\"linux\",\"SecurityOptions\":[\"name=seccomp\"]}";
      case "/containers/json" -> list();
      case "/containers/create" -> {
        // Post looks for the node that its lease names.
        labels =
            body.replaceFirst("(?s).*\"Labels\":(\\{[^}]*}).*", "$1")
                .replaceFirst("(cachemesh\\.node\":\")[^\"]*", "$1n-1");
        yield "{\"Id\":\"" + NODE + "\"}";
      }
      default -> path.endsWith("/json") ? container() : "";
    };
  }

  private String list() {
    return labels.isEmpty()
        ? "[]"
        : "[{\"Id\":\"%s\",\"State\":\"running\",\"Created\":1,\"Labels\":%s,\"Mounts\":%s}]"
            .formatted(NODE, labels, MOUNTS);
  }

  private String container() {
    return """
    {"Id":"%s","Name":"/one","Image":"sha256:1","Config":{"Env":["GITHUB_OUTPUT=%s"],"User":""},
     "HostConfig":{"NetworkMode":"bridge"},"Mounts":%s,
     "NetworkSettings":{"Networks":{"bridge":{"Gateway":"172.17.0.1"}}}}
    """
        .formatted(CONTAINER, output, MOUNTS);
  }

  /** Answers {@code TAG METHOD PAGE} in frames of standard output. */
  private void control(BufferedReader in, OutputStream out) throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 3);
      if (words.length == 3) {
        String json =
            Map.of("PUT", LEASE, "DELETE", "{\"leases\":0,\"savings\":" + report + "}")
                .getOrDefault(words[1], "{\"problem\":\"\"}");
        byte[] reply = (words[0] + " 200 " + json + "\n").getBytes(UTF_8);
        out.write(ByteBuffer.allocate(8).put((byte) 1).putInt(4, reply.length).array());
        out.write(reply);
      }
    }
  }
}
