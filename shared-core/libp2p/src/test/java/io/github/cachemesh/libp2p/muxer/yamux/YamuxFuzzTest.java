package io.github.cachemesh.libp2p.muxer.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/**
 * Whatever a peer sends, in whatever pieces, the session goes on or ends with a named violation,
 * keeps no more than its windows, and leaves nothing behind.
 */
class YamuxFuzzTest {
  private static final int FRAMES = 64;

  @FuzzTest(maxDuration = "5s")
  void anyBytes(byte[] input) {
    try (Wire wire = Wire.listener()) {
      int piece = input.length == 0 ? 1 : 1 + (input[0] & 0x3F);
      for (int from = 1; from < input.length && wire.channel.isOpen(); from += piece) {
        wire.raw(Unpooled.wrappedBuffer(input, from, Math.min(piece, input.length - from)));
      }
      check(wire);
    }
  }

  @FuzzTest(maxDuration = "5s")
  void anyFramesBetweenWhatTheApplicationDoes(FuzzedDataProvider input) {
    try (Wire wire = Wire.listener()) {
      for (int i = 0; i < FRAMES && input.remainingBytes() > 0 && wire.channel.isOpen(); i++) {
        byte[] payload = input.consumeBytes(input.consumeInt(0, 40));
        FrameType type = input.pickValue(FrameType.values());
        int length = type == FrameType.DATA ? payload.length : input.consumeInt();
        ByteBuf frame = Unpooled.buffer();
        new FrameHeader(type, input.consumeInt(0, 15), input.consumeInt(0, 7), length).write(frame);
        if (type == FrameType.DATA) {
          frame.writeBytes(payload);
        }
        wire.raw(frame);
        MuxedStream stream = wire.accepted.peekLast();
        if (stream != null) {
          switch (input.consumeInt(0, 5)) {
            case 0 -> stream.closeWrite();
            case 1 -> stream.closeRead();
            case 2 -> stream.reset(new IOException("enough"));
            default -> {
              // Most of the time the application does nothing.
            }
          }
        }
      }
      check(wire);
    }
  }

  private static void check(Wire wire) {
    wire.channel.checkException();
    long unread = wire.accepted.stream().mapToLong(it -> ((YamuxStream) it).unreadBytes()).sum();
    wire.sent();
    assertThat(wire.bufferedBytes()).isLessThanOrEqualTo(4 * unread + 256L * wire.accepted.size());
    if (wire.closed().isCompletedExceptionally()) {
      assertThat(wire.closed().exceptionNow())
          .satisfiesAnyOf(
              it -> assertThat(it).isInstanceOf(ProtocolViolationException.class),
              it -> assertThat(it).hasMessageContaining("ended the connection with code"));
    }
  }
}
