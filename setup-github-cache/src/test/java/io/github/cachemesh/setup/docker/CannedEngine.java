package io.github.cachemesh.setup.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What answers at a Docker socket where no engine of that kind can be had: the same each time. */
public final class CannedEngine implements AutoCloseable {
  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public CannedEngine(Path socket) throws IOException {
    this.socket = socket;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(this::accept);
  }

  public Path socket() {
    return socket;
  }

  /** Answers a ping with that version of the API. */
  public CannedEngine version(String apiVersion) {
    answers.put("GET /_ping", "200 OK\r\nApi-Version: " + apiVersion + "\r\n\r\nOK");
    return this;
  }

  /**
   * @param request method and path without version and query
   */
  public CannedEngine answer(String request, int status, String json) {
    answers.put(request, status + " X\r\nContent-Type: application/json\r\n\r\n" + json);
    return this;
  }

  /** Answers with these bytes after the head, as a stream. */
  public CannedEngine stream(String request, String bytes) {
    return answer(request, 200, bytes);
  }

  /** Methods and targets, in order. */
  public List<String> requests() {
    return requests;
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (SocketChannel client = channel) {
      // One byte is one character, so that lengths are right.
      BufferedReader in =
          new BufferedReader(new InputStreamReader(Channels.newInputStream(client), ISO_8859_1));
      String[] line = in.readLine().split(" ");
      requests.add(line[0] + " " + line[1]);
      int length = 0;
      for (String field = in.readLine(); !field.isEmpty(); field = in.readLine()) {
        if (field.startsWith("Content-Length: ")) {
          length = Integer.parseInt(field.substring("Content-Length: ".length()));
        }
      }
      in.skip(length);
      String path = line[1].replaceFirst("^/v1\\.[0-9]+", "").replaceFirst("\\?.*", "");
      OutputStream out = Channels.newOutputStream(client);
      String answer =
          answers.getOrDefault(line[0] + " " + path, "404 X\r\n\r\n{\"message\":\"no such page\"}");
      out.write(("HTTP/1.0 " + answer).getBytes(ISO_8859_1));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
