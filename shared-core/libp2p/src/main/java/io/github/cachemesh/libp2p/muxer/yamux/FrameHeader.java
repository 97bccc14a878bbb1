package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * The twelve bytes before each frame's payload, of version 0 and a known type; unknown flags are
 * kept and mean nothing.
 *
 * @param streamId unsigned; 0 is the session
 * @param length unsigned: the payload's bytes, a window's increase, a ping's value or why a session
 *     ends, as the type says
 */
record FrameHeader(FrameType type, int flags, int streamId, int length) {
  static final int BYTES = 12;

  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;

  static final int NORMAL = 0;
  static final int PROTOCOL_ERROR = 1;
  static final int INTERNAL_ERROR = 2;

  private static final int VERSION = 0;
  private static final int TYPE_OFFSET = 1;

  /** Takes {@link #BYTES} bytes, which must be there. */
  static FrameHeader read(ByteBuf in) throws ProtocolViolationException {
    int version = in.readUnsignedByte();
    int type = in.readUnsignedByte();
    if (version != VERSION) {
      throw new ProtocolViolationException("a yamux frame of version " + version + ", not 0");
    }
    if (!FrameType.isKnown(type)) {
      throw new ProtocolViolationException("a yamux frame of unknown type " + type);
    }
    return new FrameHeader(FrameType.of(type), in.readUnsignedShort(), in.readInt(), in.readInt());
  }

  /** A frame in whose buffer only the header is written: the payload follows. */
  void write(ByteBuf out) {
    out.writeByte(VERSION).writeByte(type.ordinal()).writeShort(flags);
    out.writeInt(streamId).writeInt(length);
  }

  /** A frame of its own, without payload. */
  ByteBuf frame() {
    ByteBuf out = Unpooled.buffer(BYTES, BYTES);
    write(out);
    return out;
  }

  /** How much of a written frame is payload. */
  static int payloadBytes(ByteBuf frame) {
    return frame.getByte(frame.readerIndex() + TYPE_OFFSET) == FrameType.DATA.ordinal()
        ? frame.readableBytes() - BYTES
        : 0;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  long unsignedLength() {
    return Integer.toUnsignedLong(length);
  }
}
