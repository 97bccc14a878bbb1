package io.github.cachemesh.core.node;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.node.NodeClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way to a node over its Unix socket or TCP. No HTTP client of the JDK or of a library on the
 * class path reaches both, and a question and an answer of a few kilobytes need none.
 *
 * <p>An answer may have 16 MiB and take {@code limit}. Thread-safe; blocks.
 */
record NodeConnection(SocketAddress address, String authority, AdminToken token, Duration limit)
    implements NodeClient.Transport {
  private static final int MAX_ANSWER_BYTES = 16 << 20;

  @Override
  public Answer exchange(String method, String page) throws IOException {
    try (ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> answer = worker.submit(() -> send(method, page));
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

  private Answer send(String method, String page) throws IOException {
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
