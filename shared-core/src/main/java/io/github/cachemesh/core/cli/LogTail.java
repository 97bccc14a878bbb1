package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The end of a {@link LogFile} and what is added to it, also after it began anew. Looks for the
 * first line in at most {@link LogFile#MAX_BYTES}. Not thread-safe.
 */
final class LogTail implements AutoCloseable {
  private final Path file;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
  private FileChannel channel;
  private Object identity;

  private LogTail(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file);
    this.identity = identity(file);
  }

  /** At the beginning of the last {@code lines} lines. */
  static LogTail of(Path file, int lines) throws IOException {
    LogTail tail = new LogTail(file);
    tail.seekLast(lines);
    return tail;
  }

  private static Object identity(Path file) throws IOException {
    return Objects.requireNonNullElse(
        Files.readAttributes(file, BasicFileAttributes.class).fileKey(), file);
  }

  private void seekLast(int lines) throws IOException {
    long size = channel.size();
    ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, LogFile.MAX_BYTES));
    long start = size - end.capacity();
    while (end.hasRemaining() && channel.read(end, start + end.position()) >= 0) {}
    int first = end.position();
    // A line feed before the last byte separates two lines; the last byte ends the last line.
    for (int found = 0; first > 0; first--) {
      if (end.get(first - 1) == '\n' && first < end.position() && ++found == lines) {
        break;
      }
    }
    channel.position(lines == 0 ? size : start + first);
  }

  /** Copies what is there now. */
  void copyTo(OutputStream out) throws IOException {
    drain(out);
    if (hasBegunAnew()) {
      drain(out);
      channel.close();
      channel = FileChannel.open(file);
      identity = identity(file);
      drain(out);
    }
    out.flush();
  }

  private boolean hasBegunAnew() throws IOException {
    try {
      return !identity(file).equals(identity);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void drain(OutputStream out) throws IOException {
    while (channel.read(buffer.clear()) > 0) {
      out.write(buffer.array(), 0, buffer.position());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
