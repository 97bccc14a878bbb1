package io.github.cachemesh.libp2p.negotiation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages from bytes that come in pieces, and never a byte behind the message in hand. A
 * message is its length as a varint, then one line. Not thread-safe.
 */
final class MessageReader {
  /** Of a message with its line feed, without its length. */
  static final int MAX_BYTES = 1024;

  private static final int MAX_LENGTH_BYTES = 2;

  private int length;
  private int lengthBytes;
  private byte @Nullable [] message;
  private int filled;

  /**
   * @return the next message without its line feed, or null when the source is used up before its
   *     end
   */
  @Nullable String take(ByteBuffer source) throws ProtocolViolationException {
    while (source.hasRemaining()) {
      if (message == null) {
        takeLength(source.get());
        continue;
      }
      int count = Math.min(source.remaining(), length - filled);
      source.get(message, filled, count);
      filled += count;
      if (filled == length) {
        return line(message);
      }
    }
    return null;
  }

  private void takeLength(byte octet) throws ProtocolViolationException {
    length |= (octet & 0x7F) << (7 * lengthBytes);
    lengthBytes++;
    if (octet < 0 && lengthBytes < MAX_LENGTH_BYTES) {
      return;
    }
    if (octet < 0 || length > MAX_BYTES) {
      throw new ProtocolViolationException(
          "multistream-select: a message has at most " + MAX_BYTES + " bytes");
    }
    if (octet == 0) {
      throw new ProtocolViolationException(
          "multistream-select: a message is empty, or its length not the shortest varint");
    }
    message = new byte[length];
  }

  private String line(byte[] whole) throws ProtocolViolationException {
    int last = length - 1;
    message = null;
    length = 0;
    lengthBytes = 0;
    filled = 0;
    if (whole[last] != '\n') {
      throw new ProtocolViolationException("multistream-select: a message ends with a line feed");
    }
    return new String(whole, 0, last, UTF_8);
  }
}
