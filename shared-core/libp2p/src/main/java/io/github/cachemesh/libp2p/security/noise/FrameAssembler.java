package io.github.cachemesh.libp2p.security.noise;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a flow of bytes into frames, each with its length as two bytes before it, however it comes
 * in pieces (libp2p specs, {@code noise/README.md}, "Wire Format"). Holds at most one frame that is
 * not whole. For one thread at a time.
 */
final class FrameAssembler {
  static final int LENGTH_BYTES = 2;

  private final ByteBufAllocator allocator;
  private final int minBytes;
  private final int maxBytes;
  private int firstLengthByte = -1;
  private @Nullable ByteBuf partial;

  /**
   * @param maxBytes bound on a frame without its length, and so on what is held
   */
  FrameAssembler(ByteBufAllocator allocator, int minBytes, int maxBytes) {
    this.allocator = allocator;
    this.minBytes = minBytes;
    this.maxBytes = maxBytes;
  }

  /**
   * Takes the bytes of the next frame out of {@code in}, all of it if that is not whole by then.
   *
   * @return a frame without its length, in an array, which the caller must release; null when more
   *     bytes are needed
   * @throws ProtocolViolationException if its length is out of bounds
   */
  @Nullable ByteBuf next(ByteBuf in) throws ProtocolViolationException {
    ByteBuf frame = partial;
    if (frame == null) {
      int length = length(in);
      if (length < 0) {
        return null;
      }
      if (length < minBytes || length > maxBytes) {
        throw new ProtocolViolationException(
            "a Noise frame of %d bytes, where %d to %d are allowed"
                .formatted(length, minBytes, maxBytes));
      }
      frame = allocator.heapBuffer(length, length);
      partial = frame;
    }
    in.readBytes(frame, Math.min(in.readableBytes(), frame.writableBytes()));
    if (frame.isWritable()) {
      return null;
    }
    partial = null;
    return frame;
  }

  private int length(ByteBuf in) {
    if (firstLengthByte < 0) {
      if (in.readableBytes() >= LENGTH_BYTES) {
        return in.readUnsignedShort();
      }
      if (in.isReadable()) {
        firstLengthByte = in.readUnsignedByte();
      }
      return -1;
    }
    if (!in.isReadable()) {
      return -1;
    }
    int length = firstLengthByte << 8 | in.readUnsignedByte();
    firstLengthByte = -1;
    return length;
  }

  /** Drops what is not whole. May be called again. */
  void close() {
    if (partial != null) {
      partial.release();
      partial = null;
    }
  }
}
