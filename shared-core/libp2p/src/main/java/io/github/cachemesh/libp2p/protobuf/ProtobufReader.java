package io.github.cachemesh.libp2p.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one protobuf message field by field; a value that is not asked for is skipped. For one
 * thread.
 *
 * <p>Nothing is allocated before its length was compared with the field's bound and with what is
 * left of the message, whose own length the caller bounds. Malformed input is an {@link
 * IllegalArgumentException} that names message and field.
 */
public final class ProtobufReader {
  private static final int MAX_VARINT_BYTES = 10;

  private final String message;
  private final ByteBuffer in;
  private int field;

  /** The type of the value that {@link #in} stands before, null when it was read. */
  private @Nullable WireType pending;

  /**
   * @param message the message's name, for errors
   */
  public ProtobufReader(String message, byte[] bytes) {
    this(message, ByteBuffer.wrap(bytes));
  }

  private ProtobufReader(String message, ByteBuffer in) {
    this.message = message;
    this.in = in.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Goes to the next field; false at the end of the message. */
  public boolean next() {
    if (pending != null) {
      skip(pending);
    }
    if (!in.hasRemaining()) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    if (tag >>> 32 != 0 || field == 0) {
      throw malformed("has a malformed tag");
    }
    try {
      pending = WireType.of((int) tag & 7);
    } catch (IllegalArgumentException e) {
      throw malformed("has an unknown " + e.getMessage());
    }
    return true;
  }

  /** The number of the present field. */
  public int field() {
    return field;
  }

  /** An unsigned number of 64 bits, also an enum's. */
  public long uint64() {
    take(WireType.VARINT);
    return varint();
  }

  public boolean bool() {
    return uint64() != 0;
  }

  public long fixed64() {
    take(WireType.FIXED64);
    require(Long.BYTES);
    return in.getLong();
  }

  /**
   * A string of bytes.
   *
   * @param maxBytes the most bytes that the value may have
   */
  public byte[] bytes(int maxBytes) {
    take(WireType.LENGTH_DELIMITED);
    byte[] value = new byte[length(maxBytes)];
    in.get(value);
    return value;
  }

  /**
   * A text in UTF-8.
   *
   * @param maxBytes the most bytes that the value may have
   */
  public String string(int maxBytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes(maxBytes)))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed("is not UTF-8");
    }
  }

  /** A reader of the message that is this field's value, which it shares with this reader. */
  public ProtobufReader message(String name) {
    take(WireType.LENGTH_DELIMITED);
    int length = length(Integer.MAX_VALUE);
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return new ProtobufReader(name, value);
  }

  private void take(WireType wanted) {
    if (pending != wanted) {
      throw malformed("is not a " + wanted);
    }
    pending = null;
  }

  private void skip(WireType type) {
    pending = null;
    switch (type) {
      case VARINT -> varint();
      case FIXED64 -> advance(Long.BYTES);
      case LENGTH_DELIMITED -> advance(length(Integer.MAX_VALUE));
      case FIXED32 -> advance(Integer.BYTES);
    }
  }

  private void advance(int bytes) {
    require(bytes);
    in.position(in.position() + bytes);
  }

  private int length(int maxBytes) {
    long length = varint();
    if (Long.compareUnsigned(length, maxBytes) > 0) {
      throw malformed(
          "has " + Long.toUnsignedString(length) + " bytes, at most " + maxBytes + " are allowed");
    }
    require(length);
    return (int) length;
  }

  private void require(long bytes) {
    if (bytes > in.remaining()) {
      throw malformed("ends early");
    }
  }

  private long varint() {
    long value = 0;
    for (int index = 0; index < MAX_VARINT_BYTES; index++) {
      require(1);
      byte next = in.get();
      value |= (long) (next & 0x7f) << (7 * index);
      if (next >= 0) {
        return value;
      }
    }
    throw malformed("has a varint of more than " + MAX_VARINT_BYTES + " bytes");
  }

  private IllegalArgumentException malformed(String fault) {
    return new IllegalArgumentException(message + ": field " + field + " " + fault);
  }
}
