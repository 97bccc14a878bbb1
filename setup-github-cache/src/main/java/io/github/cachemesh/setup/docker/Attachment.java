package io.github.cachemesh.setup.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The standard streams of a container, line by line. Others may be attached to the same container:
 * all see the same output. Bounds: {@link #MAX_LINE_BYTES} a line, and the last {@link #MAX_ERRORS}
 * lines of standard error. For one thread at a time.
 */
public final class Attachment implements AutoCloseable {
  static final int MAX_LINE_BYTES = 1 << 20;
  static final int MAX_ERRORS = 10;

  private static final int HEADER_BYTES = 8;
  private static final int STDOUT = 1;

  private final EngineSocket connection;
  private final DataInputStream in;
  private final Line output = new Line();
  private final Line errors = new Line();
  private final Deque<String> lastErrors = new ArrayDeque<>();
  private final Deque<String> unread = new ArrayDeque<>();

  Attachment(EngineSocket connection) {
    this.connection = connection;
    this.in = new DataInputStream(connection.in());
  }

  /** Writes a line to the container's standard input. */
  public void send(String line) throws IOException {
    connection.write((line + "\n").getBytes(UTF_8));
  }

  /**
   * Waits for a line of standard output; those before it are dropped.
   *
   * @return empty when the container has ended without one
   * @throws java.net.SocketTimeoutException when the time is over; the attachment is then unusable
   */
  public Optional<String> await(Predicate<String> wanted, Duration limit) throws IOException {
    return connection.within(limit, () -> find(wanted));
  }

  /** What the container said last on standard error since it was attached to. */
  public List<String> lastErrors() {
    return List.copyOf(lastErrors);
  }

  private Optional<String> find(Predicate<String> wanted) throws IOException {
    while (true) {
      while (!unread.isEmpty()) {
        String line = unread.removeFirst();
        if (wanted.test(line)) {
          return Optional.of(line);
        }
      }
      if (!readFrame()) {
        return Optional.empty();
      }
    }
  }

  /** A frame: the stream's number, three zeros, the length, and that many bytes. */
  private boolean readFrame() throws IOException {
    byte[] header = in.readNBytes(HEADER_BYTES);
    if (header.length < HEADER_BYTES) {
      return false;
    }
    int length =
        (header[4] & 0xff) << 24
            | (header[5] & 0xff) << 16
            | (header[6] & 0xff) << 8
            | (header[7] & 0xff);
    if (length < 0) {
      throw new IOException("the Docker engine sent a frame of more than 2 GiB");
    }
    for (int i = 0; i < length; i++) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the Docker engine broke off within a frame");
      }
      if (header[0] == STDOUT) {
        output.add(b).ifPresent(unread::add);
      } else {
        errors.add(b).ifPresent(this::remember);
      }
    }
    return true;
  }

  private void remember(String error) {
    if (lastErrors.size() == MAX_ERRORS) {
      lastErrors.removeFirst();
    }
    lastErrors.addLast(error);
  }

  @Override
  public void close() {
    connection.close();
  }

  /** A line in the making; what is longer than the bound is cut. */
  private static final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Optional<String> add(int b) {
      if (b == '\n') {
        String line = bytes.toString(UTF_8);
        bytes.reset();
        return Optional.of(line);
      }
      if (bytes.size() < MAX_LINE_BYTES) {
        bytes.write(b);
      }
      return Optional.empty();
    }
  }
}
