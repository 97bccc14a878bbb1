package io.github.cachemesh.libp2p.muxer.yamux;

import static io.github.cachemesh.libp2p.muxer.yamux.FrameHeader.ACK;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameHeader.FIN;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameHeader.RST;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameHeader.SYN;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameType.DATA;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameType.GO_AWAY;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameType.PING;
import static io.github.cachemesh.libp2p.muxer.yamux.FrameType.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BufferLeaks.class)
class HostilePeerTest {
  private static final int WINDOW = ReceiveWindow.INITIAL_BYTES;

  @Test
  void anotherVersionEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.raw(Unpooled.buffer().writeByte(1).writeZero(11));
      expectViolation(wire, "a yamux frame of version 1, not 0");
    }
  }

  @Test
  void unknownTypeEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.raw(Unpooled.buffer().writeByte(0).writeByte(4).writeZero(10));
      expectViolation(wire, "a yamux frame of unknown type 4");
    }
  }

  @Test
  void streamZeroEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 0, 0);
      expectViolation(wire, "a yamux stream with the id 0, which is the session's");
    }
  }

  @Test
  void idsOfTheOtherEndEndTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 2, 0);
      expectViolation(wire, "the peer opened a yamux stream with an id of this end's: 2");
    }
    try (Wire wire = new Wire(Role.DIALER).start()) {
      wire.send(WINDOW_UPDATE, SYN, 3, 0);
      expectViolation(wire, "the peer opened a yamux stream with an id of this end's: 3");
    }
  }

  @Test
  void openingAnOpenStreamEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0).send(WINDOW_UPDATE, SYN, 1, 0);
      expectViolation(wire, "the peer opened a yamux stream that is open: 1");
    }
  }

  @Test
  void frameAboveAnyWindowEndsTheSessionBeforeItsBytesCome() {
    try (Wire wire = Wire.listener()) {
      wire.send(DATA, SYN, 1, 0x8000_0000);
      expectViolation(wire, "a yamux frame of 2147483648 bytes, where no window is above 16777216");
    }
  }

  @Test
  void frameBeyondTheWindowEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, new byte[WINDOW]).send(DATA, 0, 1, 1);
      expectViolation(wire, "a frame of 1 bytes is beyond the window of yamux stream 1");
    }
  }

  @Test
  void dataBehindTheEndOfAStreamEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN | FIN, 1, (byte) 1).data(0, 1, (byte) 2);
      expectViolation(wire, "data behind the end of yamux stream 1");
    }
  }

  @Test
  void windowBeyondThirtyTwoBitsEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, -1);
      expectViolation(wire, "the window of yamux stream 1 is beyond 4294967295 bytes");
    }
  }

  @Test
  void pingFloodEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      for (int i = 0; i <= Inbound.NUISANCES; i++) {
        wire.send(PING, SYN, 0, i);
      }
      expectNuisance(wire);
    }
  }

  @Test
  void streamsResetAgainAndAgainEndTheSession() {
    try (Wire wire = Wire.listener()) {
      for (int i = 0; i <= Inbound.NUISANCES; i++) {
        int id = 2 * i + 1;
        wire.send(WINDOW_UPDATE, SYN, id, 0).send(WINDOW_UPDATE, RST, id, 0);
      }
      expectNuisance(wire);
      assertThat(wire.accepted).hasSize(Inbound.NUISANCES + 1);
    }
  }

  @Test
  void nuisancesMayBeSpreadOverTime() {
    try (Wire wire = Wire.listener()) {
      for (int i = 0; i < 5 * Inbound.NUISANCES; i++) {
        wire.send(PING, SYN, 0, i);
        wire.pass(Duration.ofMillis(10));
      }
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  @Test
  void streamsAboveTheBoundAreResetAndAFloodEndsTheSession() {
    int bound = 3;
    YamuxSettings settings =
        new YamuxSettings(bound, WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(10));
    try (Wire wire = new Wire(Role.LISTENER, settings, MemoryBudget.unbounded()).start()) {
      for (int id = 1; id <= 2 * bound + 1; id += 2) {
        wire.data(SYN, id, (byte) 1);
      }
      assertThat(wire.accepted).hasSize(bound);
      assertThat(wire.sent()).containsExactly(new FrameHeader(WINDOW_UPDATE, RST, 7, 0));
      for (int i = 0; i < Inbound.NUISANCES; i++) {
        wire.send(WINDOW_UPDATE, SYN, 2 * i + 9, 0);
      }
      expectNuisance(wire);
    }
  }

  @Test
  void unreadAnswersEndTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.writable(false);
      for (int i = 0; i <= Inbound.MAX_ANSWERS; i++) {
        wire.send(PING, SYN, 0, i);
        wire.pass(Duration.ofMillis(15));
      }
      expectViolation(wire, "the peer does not read 1000 answers that it asked for");
    }
  }

  @Test
  void lateDataOfManyStreamsQueuesBoundedAnswers() {
    try (Wire wire = Wire.listener()) {
      wire.writable(false);
      for (int i = 0; i < 5 * Inbound.MAX_ANSWERS; i++) {
        wire.data(0, 2 * i + 1, (byte) 1);
      }
      wire.writable(true);
      assertThat(wire.sent()).hasSize(Inbound.MAX_ANSWERS);
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  @Test
  void framesOfOneByteTakeMemoryInProportion() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      int total = 20_000;
      int together = 1_000;
      for (int sent = 0; sent < total; sent += together) {
        ByteBuf many = wire.channel.alloc().buffer(together * 13);
        for (int i = 0; i < together; i++) {
          new FrameHeader(DATA, 0, 1, 1).write(many);
          many.writeByte(i);
        }
        wire.raw(many);
      }
      assertThat(wire.bufferedBytes()).isBetween((long) total, 2L * total);
    }
  }

  @Test
  void payloadsInBuffersOfTheirOwnAreCopiedTogether() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      int total = 2_000;
      for (int i = 0; i < total; i++) {
        wire.send(DATA, 0, 1, 1);
        ByteBuf payload = wire.channel.alloc().buffer(1, 1).writeByte(i);
        wire.raw(payload);
        assertThat(payload.refCnt()).isZero();
      }
      assertThat(wire.bufferedBytes()).isBetween((long) total, 3L * total);
    }
  }

  @Test
  void smallPiecesOfLargeBuffersDoNotKeepThem() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0).send(WINDOW_UPDATE, SYN, 3, 0);
      MuxedStream quick = wire.accepted.getLast();
      for (int i = 0; i < 50; i++) {
        ByteBuf both = wire.channel.alloc().buffer(70_000, 70_000);
        new FrameHeader(DATA, 0, 3, 50_000).write(both);
        both.writeZero(50_000);
        new FrameHeader(DATA, 0, 1, 5_000).write(both);
        both.writeZero(5_000);
        wire.raw(both);
        drain(quick, 50_000);
      }
      assertThat(wire.bufferedBytes()).isLessThan(2 * 50 * 5_000);
    }
  }

  @Test
  void framesOfStreamsThatAreOverAreTolerated() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      wire.accepted.getFirst().close();
      wire.sent();
      wire.send(WINDOW_UPDATE, 0, 1, 1)
          .send(WINDOW_UPDATE, ACK, 1, 0)
          .send(WINDOW_UPDATE, FIN, 1, 0)
          .send(WINDOW_UPDATE, RST, 1, 0)
          .send(DATA, FIN, 1, 0)
          .send(WINDOW_UPDATE, 0, 98, 1);
      assertThat(wire.sent()).isEmpty();
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  @Test
  void peerThatGoesOnSendingToAStreamThatIsOverIsToldOnce() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      wire.accepted.getFirst().close();
      wire.sent();
      wire.data(0, 1, (byte) 1).data(0, 1, (byte) 2);
      assertThat(wire.sent()).containsExactly(new FrameHeader(WINDOW_UPDATE, RST, 1, 0));
    }
  }

  @Test
  void windowUpdateAfterTheEndIsTolerated() {
    try (Wire wire = Wire.listener()) {
      wire.send(WINDOW_UPDATE, SYN | FIN, 1, 0).send(WINDOW_UPDATE, 0, 1, 5);
      assertThat(((YamuxStream) wire.accepted.getFirst()).sendWindow()).isEqualTo(WINDOW + 5);
    }
  }

  @Test
  void answersToNoPingAreIgnored() {
    try (Wire wire = Wire.listener()) {
      wire.send(PING, ACK, 0, 77).send(PING, 0, 0, 78);
      assertThat(wire.sent()).isEmpty();
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  private static void drain(MuxedStream stream, int bytes) {
    ByteBuffer target = ByteBuffer.allocate(bytes);
    try {
      while (target.hasRemaining()) {
        stream.read(target);
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void expectNuisance(Wire wire) {
    expectViolation(wire, "more than 1000 pings, refused streams and resets within 10 s");
  }

  private static void expectViolation(Wire wire, String message) {
    List<FrameHeader> sent = wire.sent();
    assertThat(sent.getLast()).isEqualTo(new FrameHeader(GO_AWAY, 0, 0, 1));
    assertThat(wire.closed())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(ProtocolViolationException.class)
        .withMessage(message);
    for (MuxedStream stream : wire.accepted) {
      if (((YamuxStream) stream).unreadBytes() == 0 && !isOver(stream)) {
        assertThatThrownBy(() -> stream.write(ByteBuffer.allocate(1)))
            .isInstanceOf(ConnectionClosedException.class)
            .hasRootCauseMessage(message);
      }
    }
  }

  private static boolean isOver(MuxedStream stream) {
    return stream.over().toCompletableFuture().isDone();
  }
}
