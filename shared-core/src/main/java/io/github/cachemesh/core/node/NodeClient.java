package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Talks to a node about itself, over its Unix socket or TCP. No HTTP client of the JDK or of a
 * library on the class path reaches both, and a question and an answer of a few kilobytes need
 * none.
 *
 * <p>An answer may have 16 MiB and take {@code limit}. Thread-safe; blocks.
 */
public final class NodeClient {
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  private final SocketAddress address;
  private final String authority;
  private final AdminToken token;
  private final Duration limit;

  private NodeClient(SocketAddress address, String authority, AdminToken token, Duration limit) {
    this.address = address;
    this.authority = authority;
    this.token = token;
    this.limit = limit;
  }

  public static NodeClient of(NodeState node, Duration limit) {
    // A runner empties its temporary folder, and with it the socket, after every job.
    if (node.socket() != null && (node.url() == null || Files.exists(Path.of(node.socket())))) {
      return new NodeClient(
          UnixDomainSocketAddress.of(node.socket()), "localhost", node.adminToken(), limit);
    }
    if (node.url() == null) {
      throw new IllegalArgumentException(node + " has neither URL nor socket");
    }
    return of(URI.create(node.url()), node.adminToken(), limit);
  }

  public static NodeClient of(URI url, AdminToken token, Duration limit) {
    return new NodeClient(
        new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()),
        url.getRawAuthority(),
        token,
        limit);
  }

  /** A node's answer. */
  public record Answer(int status, String body) {
    public boolean isOk() {
      return status / 100 == 2;
    }
  }

  public Answer health() throws IOException {
    return send("GET", "health");
  }

  public Answer stats() throws IOException {
    return send("GET", "stats");
  }

  /** In the Prometheus text format. */
  public Answer metrics() throws IOException {
    return send("GET", "metrics");
  }

  public Answer acquireLease(String runner) throws IOException {
    return send("PUT", "leases/" + encoded(runner));
  }

  public Answer releaseLease(String runner) throws IOException {
    return send("DELETE", "leases/" + encoded(runner));
  }

  public Answer invalidate(String host, String path) throws IOException {
    return send("POST", "invalidate?host=" + encoded(host) + "&path=" + encoded(path));
  }

  public Answer clear() throws IOException {
    return send("POST", "clear");
  }

  public Answer stop() throws IOException {
    return send("POST", "stop");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private Answer send(String method, String page) throws IOException {
    try (ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> answer = worker.submit(() -> exchange(method, page));
      try {
        return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Interrupting closes the channel, so the worker ends too.
        answer.cancel(true);
        throw new SocketTimeoutException(
            "the node did not answer within " + limit.toSeconds() + " s");
      } catch (ExecutionException e) {
        throw new IOException(
            "the node at " + authority + " cannot be reached: " + e.getCause(), e);
      } catch (InterruptedException e) {
        answer.cancel(true);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while the node was asked", e);
      }
    }
  }

  private Answer exchange(String method, String page) throws IOException {
    String head =
        method
            + " /_cachemesh/"
            + page
            + " HTTP/1.0\r\nHost: "
            + authority
            + "\r\nAuthorization: "
            + token.authorization()
            + "\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(address)) {
      ByteBuffer request = ByteBuffer.wrap(head.getBytes(ISO_8859_1));
      while (request.hasRemaining()) {
        channel.write(request);
      }
      return parse(readAll(channel));
    }
  }

  private static byte[] readAll(SocketChannel channel) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (channel.read(buffer.clear()) >= 0) {
      answer.write(buffer.array(), 0, buffer.position());
      if (answer.size() > MAX_ANSWER_BYTES) {
        throw new IOException("the node's answer is longer than 16 MiB");
      }
    }
    return answer.toByteArray();
  }

  /** A reply to HTTP/1.0 ends with its connection, so nothing but the head is to be understood. */
  private static Answer parse(byte[] bytes) throws IOException {
    String text = new String(bytes, ISO_8859_1);
    int headEnd = text.indexOf("\r\n\r\n");
    String[] statusLine = text.split("\r\n", 2)[0].split(" ", 3);
    if (headEnd < 0 || statusLine.length < 2 || !statusLine[1].matches("[0-9]{3}")) {
      throw new IOException("what answers there is no node");
    }
    return new Answer(
        Integer.parseInt(statusLine[1]),
        new String(bytes, headEnd + 4, bytes.length - headEnd - 4, UTF_8));
  }
}
