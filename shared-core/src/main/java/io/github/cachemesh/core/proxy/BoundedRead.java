package io.github.cachemesh.core.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A body read into memory as long as it stays below a bound. */
sealed interface BoundedRead {

  /** All of it. */
  record Whole(byte[] bytes) implements BoundedRead {}

  /** More than the bound: what was read and what comes after it. */
  record TooLong(InputStream bytes) implements BoundedRead {}

  /**
   * Reads and closes a body, or hands it on when it is longer than {@code maxBytes}.
   *
   * @throws IOException when it breaks off; it is closed then
   */
  static BoundedRead of(InputStream body, int maxBytes) throws IOException {
    try {
      byte[] start = body.readNBytes(maxBytes);
      int next = start.length < maxBytes ? -1 : body.read();
      if (next < 0) {
        body.close();
        return new Whole(start);
      }
      InputStream read =
          new SequenceInputStream(
              new ByteArrayInputStream(start), new ByteArrayInputStream(new byte[] {(byte) next}));
      return new TooLong(new SequenceInputStream(read, body));
    } catch (IOException e) {
      body.close();
      throw e;
    }
  }
}
