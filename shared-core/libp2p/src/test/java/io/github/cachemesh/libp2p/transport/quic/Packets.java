package io.github.cachemesh.libp2p.transport.quic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Datagrams that look like packets of QUIC as far as their headers go. */
final class Packets {
  static final int VERSION_1 = 1;
  static final int INITIAL = 0xc0;
  static final int HANDSHAKE = 0xe0;
  static final int SHORT = 0x40;

  private Packets() {}

  static ByteBuf withLongHeader(int first, int version, byte[] id, int length) {
    ByteBuf packet = Unpooled.buffer(length);
    packet.writeByte(first).writeInt(version).writeByte(id.length).writeBytes(id);
    // The other id is empty, so is the token; then a length of two bytes.
    packet.writeByte(0).writeByte(0).writeShort(0x4000 | Math.max(0, length - id.length - 10));
    return packet.writeZero(Math.max(0, length - packet.writerIndex()));
  }

  static ByteBuf withShortHeader(byte[] id, int length) {
    ByteBuf packet = Unpooled.buffer(length);
    packet.writeByte(SHORT).writeBytes(id);
    return packet.writeZero(length - packet.writerIndex());
  }
}
