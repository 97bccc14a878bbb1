package io.github.cachemesh.libp2p.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes one protobuf message, its fields in the order of the calls and each in its shortest form,
 * so that a message has one encoding. For one thread.
 */
public final class ProtobufWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An unsigned number, also an enum's. */
  public ProtobufWriter uint64(int field, long value) {
    tag(field, WireType.VARINT);
    varint(value);
    return this;
  }

  public ProtobufWriter bool(int field, boolean value) {
    return uint64(field, value ? 1 : 0);
  }

  public ProtobufWriter fixed64(int field, long value) {
    tag(field, WireType.FIXED64);
    byte[] bytes = new byte[Long.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    out.writeBytes(bytes);
    return this;
  }

  public ProtobufWriter bytes(int field, byte[] value) {
    tag(field, WireType.LENGTH_DELIMITED);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  public ProtobufWriter string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public ProtobufWriter message(int field, ProtobufWriter value) {
    return bytes(field, value.toBytes());
  }

  public byte[] toBytes() {
    return out.toByteArray();
  }

  private void tag(int field, WireType type) {
    varint((long) field << 3 | type.number());
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
