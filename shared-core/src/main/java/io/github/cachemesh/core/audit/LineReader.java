package io.github.cachemesh.core.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a part of a file. What is longer than {@link LogLine#MAX_BYTES} comes in pieces of
 * that length, none of which is a line of a log. Not thread-safe.
 */
final class LineReader implements Closeable {
  private final InputStream in;
  private final long end;
  private long position;
  private long endOfLines;

  /**
   * @param from where a line begins
   * @param end where to stop, though the file may go on
   */
  LineReader(Path file, long from, long end) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    this.in = new BufferedInputStream(Channels.newInputStream(channel.position(from)), 1 << 16);
    this.end = end;
    this.position = from;
    this.endOfLines = from;
  }

  /** The next line without its end; null after the last. An unfinished one is none. */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (position < end && line.size() < LogLine.MAX_BYTES) {
      int read = in.read();
      if (read < 0) {
        break;
      }
      position++;
      if (read == '\n') {
        endOfLines = position;
        return line.toByteArray();
      }
      line.write(read);
    }
    if (line.size() < LogLine.MAX_BYTES) {
      return null;
    }
    endOfLines = position;
    return line.toByteArray();
  }

  /** Where the last line that was read ends, in bytes from the start of the file. */
  long endOfLines() {
    return endOfLines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
