package io.github.cachemesh.setup.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the engine: a request in HTTP/1.0, so that the answer ends with the connection,
 * or one that turns into a stream of bytes both ways. Bounds: {@link #MAX_HEAD_BYTES} and {@link
 * #MAX_BODY_BYTES} of an answer, and the time that the caller sets. For one thread at a time.
 */
final class EngineSocket implements AutoCloseable {
  static final int MAX_HEAD_BYTES = 64 * 1024;
  static final int MAX_BODY_BYTES = 16 << 20;

  private final SocketChannel channel;
  private final InputStream in;

  /** The first lines of an answer. */
  record Head(int status, String fields) {
    /** A field's value; empty where there is none. */
    String field(String name) {
      return fields
          .lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }

  /** A whole answer. */
  record Reply(Head head, byte[] body) {}

  /** What may wait for the engine. */
  interface Exchange<T> {
    T run() throws IOException;
  }

  private EngineSocket(SocketChannel channel) {
    this.channel = channel;
    this.in = new BufferedInputStream(Channels.newInputStream(channel));
  }

  static EngineSocket open(Path socket) throws IOException {
    return new EngineSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  /**
   * Runs what waits for the engine, for at most that long; afterwards the connection is unusable.
   *
   * @throws SocketTimeoutException when the time is over
   */
  <T> T within(Duration limit, Exchange<T> exchange) throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    Thread.ofVirtual().start(() -> closeAfter(limit, over));
    try {
      return exchange.run();
    } catch (AsynchronousCloseException e) {
      throw new SocketTimeoutException(
          "the Docker engine did not answer within " + limit.toSeconds() + " s");
    } finally {
      over.countDown();
    }
  }

  private void closeAfter(Duration limit, CountDownLatch over) {
    try {
      if (!over.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        close();
      }
    } catch (InterruptedException e) {
      close();
    }
  }

  void request(String method, String target, String contentType, byte @Nullable [] body)
      throws IOException {
    String head =
        method
            + " "
            + target
            + " HTTP/1.0\r\nHost: docker\r\n"
            + (body == null
                ? ""
                : "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n")
            + "\r\n";
    write(head.getBytes(ISO_8859_1));
    if (body != null) {
      write(body);
    }
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads an answer up to its empty line. */
  Head head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    int ends = 0;
    while (ends < 2) {
      int b = in.read();
      if (b < 0 || head.size() == MAX_HEAD_BYTES) {
        throw new IOException("what answers at the Docker socket is no Docker engine");
      }
      head.write(b);
      ends = b == '\n' ? ends + 1 : b == '\r' ? ends : 0;
    }
    String text = head.toString(ISO_8859_1);
    String[] status = text.split("[ \r\n]", 3);
    if (!status[0].startsWith("HTTP/1.") || !status[1].matches("[0-9]{3}")) {
      throw new IOException("what answers at the Docker socket is no Docker engine");
    }
    return new Head(Integer.parseInt(status[1]), text);
  }

  Reply reply() throws IOException {
    Head head = head();
    byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new IOException("the Docker engine's answer is longer than 16 MiB");
    }
    return new Reply(head, body);
  }

  /** What comes after the head, for streams. */
  InputStream in() {
    return in;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing more is asked of it.
    }
  }
}
