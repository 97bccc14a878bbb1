package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.core.MuxedStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes that every payload of the tests has, so that whatever is lost, doubled or moved shows.
 * Stateless.
 */
final class Content {
  private static final int PERIOD = 65_521;
  private static final int CHUNK_BYTES = 64 << 10;
  private static final ByteBuffer PATTERN = pattern();

  private Content() {}

  private static ByteBuffer pattern() {
    // A chunk at any offset is a slice of it.
    ByteBuffer pattern = ByteBuffer.allocateDirect(PERIOD + 2 * CHUNK_BYTES);
    for (int i = 0; i < pattern.capacity(); i++) {
      int at = i % PERIOD;
      pattern.put(i, (byte) (31 * at + (at >> 8)));
    }
    return pattern.asReadOnlyBuffer();
  }

  /**
   * @param length at most two chunks
   */
  static ByteBuffer at(long offset, int length) {
    return PATTERN.slice((int) (offset % PERIOD), length);
  }

  static void write(MuxedStream stream, long total) throws IOException {
    for (long offset = 0; offset < total; offset += CHUNK_BYTES) {
      stream.write(at(offset, (int) Math.min(CHUNK_BYTES, total - offset)));
    }
  }

  /** Reads to the end, which has to come after so many right bytes. */
  static void check(MuxedStream stream, long total) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
    long offset = 0;
    for (int count; (count = stream.read(chunk.clear())) >= 0; offset += count) {
      if (!chunk.flip().equals(at(offset, count))) {
        throw new IOException("the content differs within " + count + " bytes from " + offset);
      }
    }
    if (offset != total) {
      throw new IOException(offset + " of " + total + " bytes came");
    }
  }
}
