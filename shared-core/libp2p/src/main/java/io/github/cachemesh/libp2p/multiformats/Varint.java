package io.github.cachemesh.libp2p.multiformats;

import io.netty.buffer.ByteBuf;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Unsigned varints of multiformats: at most 9 bytes (63 bits), always in their shortest form.
 *
 * <p>Malformed input is an {@link IllegalArgumentException}; input that merely ends too early is
 * told apart from it, so that a decoder can wait for more.
 */
public final class Varint {
  /** The most bytes that a varint takes. */
  public static final int MAX_BYTES = 9;

  private Varint() {}

  /** The number of bytes that {@code value} takes, 1 to 9. */
  public static int size(long value) {
    requireUnsigned(value);
    return (Long.SIZE - Long.numberOfLeadingZeros(value | 1) + 6) / 7;
  }

  public static byte[] encode(long value) {
    byte[] bytes = new byte[size(value)];
    write(value, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /**
   * Writes {@code value} at the buffer's position.
   *
   * @throws java.nio.BufferOverflowException if it does not fit
   */
  public static void write(long value, ByteBuffer out) {
    requireUnsigned(value);
    long rest = value;
    while (rest > 0x7f) {
      out.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  /** Writes {@code value} at the buffer's writer index. */
  public static void write(long value, ByteBuf out) {
    requireUnsigned(value);
    long rest = value;
    while (rest > 0x7f) {
      out.writeByte((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  /**
   * Reads a varint at the buffer's position.
   *
   * @throws BufferUnderflowException if the input ends within it
   * @throws IllegalArgumentException if it is longer than 9 bytes or not in its shortest form
   */
  public static long read(ByteBuffer in) {
    long value = 0;
    for (int index = 0; ; index++) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << (7 * index);
      if (isLast(index, next)) {
        return value;
      }
    }
  }

  /**
   * Reads a varint at the buffer's reader index; where it is not whole yet, leaves the buffer as it
   * is.
   *
   * @return the value, empty if the input ends within it
   * @throws IllegalArgumentException if it is longer than 9 bytes or not in its shortest form
   */
  public static OptionalLong tryRead(ByteBuf in) {
    long value = 0;
    int start = in.readerIndex();
    int available = in.readableBytes();
    for (int index = 0; index < available; index++) {
      byte next = in.getByte(start + index);
      value |= (long) (next & 0x7f) << (7 * index);
      if (isLast(index, next)) {
        in.skipBytes(index + 1);
        return OptionalLong.of(value);
      }
    }
    return OptionalLong.empty();
  }

  private static boolean isLast(int index, byte next) {
    if (next < 0) {
      if (index == MAX_BYTES - 1) {
        throw new IllegalArgumentException("varint is longer than " + MAX_BYTES + " bytes");
      }
      return false;
    }
    if (next == 0 && index > 0) {
      throw new IllegalArgumentException("varint is not in its shortest form");
    }
    return true;
  }

  private static void requireUnsigned(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("varint of a negative number: " + value);
    }
  }
}
