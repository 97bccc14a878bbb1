package io.github.cachemesh.libp2p.transport.quic;

import io.netty.buffer.ByteBuf;

/**
 * Where a datagram goes, decided by the part of its first packet's header that all versions of QUIC
 * share (RFC 8999) before anything is spent on it.
 */
enum PacketRoute {
  /** To the codec of connections that this end opened. */
  OPENED,
  /** To the codec of connections that were, or are to be, accepted. */
  ACCEPTED,
  /** It is no packet of QUIC, or may not be answered. */
  NONE;

  private static final int LONG_HEADER = 0x80;
  private static final int TYPE = 0x30;
  private static final int INITIAL = 0x00;
  private static final int VERSION_1 = 1;
  private static final int VERSION_INDEX = 1;
  private static final int LONG_ID_INDEX = 6;
  private static final int SHORT_ID_INDEX = 1;
  private static final int MAX_ID_BYTES = 20;
  // RFC 9000, section 14.1: what is shorter must not be answered, or it would be amplified.
  private static final int MIN_INITIAL_BYTES = 1200;

  static PacketRoute of(ByteBuf datagram, ConnectionIds ids) {
    int index = datagram.readerIndex();
    int length = datagram.readableBytes();
    if (length < SHORT_ID_INDEX + ConnectionIds.LENGTH) {
      return NONE;
    }
    int first = datagram.getByte(index);
    if ((first & LONG_HEADER) == 0) {
      return ids.isOpened(datagram, index + SHORT_ID_INDEX) ? OPENED : ACCEPTED;
    }
    int idLength = datagram.getUnsignedByte(index + LONG_ID_INDEX - 1);
    if (idLength > MAX_ID_BYTES || length < LONG_ID_INDEX + idLength) {
      return NONE;
    }
    if (idLength == ConnectionIds.LENGTH && ids.isOpened(datagram, index + LONG_ID_INDEX)) {
      return OPENED;
    }
    boolean opens =
        datagram.getInt(index + VERSION_INDEX) != VERSION_1 || (first & TYPE) == INITIAL;
    return opens && length < MIN_INITIAL_BYTES ? NONE : ACCEPTED;
  }
}
