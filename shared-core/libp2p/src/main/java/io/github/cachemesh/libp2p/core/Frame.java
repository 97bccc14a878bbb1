package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.multiformats.Varint;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A message with its length before it, as an unsigned varint of at most five bytes: how libp2p's
 * protocols send protobuf messages.
 */
public final class Frame {
  private static final int MAX_LENGTH_BYTES = 5;

  private Frame() {}

  /**
   * Waits for a whole message.
   *
   * @param maxBytes bound on its length; no more memory is taken before that is known
   * @return null when the flow ended before the first byte
   * @throws ProtocolViolationException when it is longer, or its length is no such varint
   * @throws EOFException when the flow ended within
   */
  public static byte @Nullable [] read(MuxedStream stream, int maxBytes) throws IOException {
    long length = 0;
    ByteBuffer octet = ByteBuffer.allocate(1);
    for (int i = 0; ; i++) {
      octet.clear();
      if (!stream.readFully(octet)) {
        if (i == 0) {
          return null;
        }
        throw new EOFException("the flow ended within a message's length");
      }
      byte value = octet.get(0);
      length |= (value & 0x7FL) << (7 * i);
      if (value >= 0) {
        if (value == 0 && i > 0) {
          throw new ProtocolViolationException("a message's length is not the shortest varint");
        }
        break;
      }
      if (i + 1 == MAX_LENGTH_BYTES) {
        throw new ProtocolViolationException("a message's length is no varint of five bytes");
      }
    }
    if (length > maxBytes) {
      throw new ProtocolViolationException(
          "a message of " + length + " bytes, where " + maxBytes + " are allowed");
    }
    ByteBuffer message = ByteBuffer.allocate((int) length);
    if (!stream.readFully(message) && length > 0) {
      throw new EOFException("the flow ended after a message's length");
    }
    return message.array();
  }

  /** Sends a message, in one piece with its length. */
  public static void write(MuxedStream stream, byte[] message) throws IOException {
    byte[] length = Varint.encode(message.length);
    stream.write(
        ByteBuffer.allocate(length.length + message.length).put(length).put(message).flip());
  }
}
