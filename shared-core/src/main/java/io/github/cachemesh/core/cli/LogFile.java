package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * A log file that its owner alone may read: {@value #MAX_BYTES} bytes, and as much of what came
 * before in {@code FILE.1}. The JDK's own handler makes its next file readable to everybody.
 * Thread-safe.
 */
final class LogFile extends Handler {
  static final int MAX_BYTES = 5 << 20;

  private final Path file;
  private FileChannel channel;
  private long bytes;

  LogFile(Path file) throws IOException {
    this.file = file;
    this.channel = open(file);
    this.bytes = channel.size();
  }

  static Path former(Path file) {
    return file.resolveSibling(file.getFileName() + ".1");
  }

  private static FileChannel open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return channel;
  }

  @Override
  public synchronized void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    ByteBuffer line = ByteBuffer.wrap(getFormatter().format(record).getBytes(UTF_8));
    try {
      if (bytes > 0 && bytes + line.remaining() > MAX_BYTES) {
        rotate();
      }
      bytes += line.remaining();
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      reportError(null, e, ErrorManager.WRITE_FAILURE);
    }
  }

  private void rotate() throws IOException {
    Files.move(file, former(file), StandardCopyOption.REPLACE_EXISTING);
    channel.close();
    channel = open(file);
    bytes = channel.size();
  }

  /** Nothing is kept back. */
  @Override
  public void flush() {}

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      reportError(null, e, ErrorManager.CLOSE_FAILURE);
    }
  }
}
