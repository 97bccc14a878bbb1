package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a flow of bytes into frames, however it comes in pieces, and keeps none of it but the
 * beginning of a header. Payloads are passed on piece by piece, so a frame's length costs no memory
 * here; above {@code maxPayloadBytes} it is refused all the same, since no window is that large.
 */
final class FrameDecoder {
  /** Gets a frame's header, then, of a data frame only, its payload in pieces and its end. */
  interface Sink {
    void frame(FrameHeader header) throws ProtocolViolationException;

    /** Takes exactly so many bytes, above 0, out of the buffer, which it does not own. */
    void payload(ByteBuf in, int bytes);

    /** The payload of a data frame is whole, be it empty. */
    void payloadEnd();
  }

  private final int maxPayloadBytes;
  private final ByteBuf partialHeader = Unpooled.buffer(FrameHeader.BYTES, FrameHeader.BYTES);
  private int payloadLeft;

  FrameDecoder(int maxPayloadBytes) {
    this.maxPayloadBytes = maxPayloadBytes;
  }

  /** Takes all of the buffer, unless it throws; then no more may be decoded. */
  void decode(ByteBuf in, Sink sink) throws ProtocolViolationException {
    while (in.isReadable()) {
      if (payloadLeft > 0) {
        int bytes = Math.min(payloadLeft, in.readableBytes());
        sink.payload(in, bytes);
        payloadLeft -= bytes;
      } else {
        FrameHeader header = nextHeader(in);
        if (header == null) {
          return;
        }
        sink.frame(header);
        if (header.type() != FrameType.DATA) {
          continue;
        }
        payloadLeft = header.length();
      }
      if (payloadLeft == 0) {
        sink.payloadEnd();
      }
    }
  }

  /** Whether the flow may end here. */
  boolean isBetweenFrames() {
    return payloadLeft == 0 && !partialHeader.isReadable();
  }

  private @Nullable FrameHeader nextHeader(ByteBuf in) throws ProtocolViolationException {
    FrameHeader header;
    if (!partialHeader.isReadable() && in.readableBytes() >= FrameHeader.BYTES) {
      header = FrameHeader.read(in);
    } else {
      in.readBytes(partialHeader, Math.min(in.readableBytes(), partialHeader.writableBytes()));
      if (partialHeader.isWritable()) {
        return null;
      }
      header = FrameHeader.read(partialHeader);
      partialHeader.clear();
    }
    if (header.type() == FrameType.DATA && header.unsignedLength() > maxPayloadBytes) {
      throw new ProtocolViolationException(
          "a yamux frame of "
              + header.unsignedLength()
              + " bytes, where no window is above "
              + maxPayloadBytes);
    }
    return header;
  }
}
