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
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BufferLeaks.class)
@Timeout(30)
class YamuxSessionTest {
  private static final int WINDOW = ReceiveWindow.INITIAL_BYTES;

  @Test
  void openingLeavesWithTheFirstBytes() throws Exception {
    try (Wire wire = new Wire(Role.DIALER).start()) {
      MuxedStream stream = wire.session.open();
      assertThat(wire.channel.outboundMessages()).isEmpty();
      stream.write(ByteBuffer.allocate(3));
      assertThat(wire.channel.outboundMessages()).hasSize(1);
      assertThat(wire.sent())
          .containsExactly(
              new FrameHeader(WINDOW_UPDATE, SYN, 1, 0), new FrameHeader(DATA, 0, 1, 3));
    }
  }

  @Test
  void idsOfTheDialerAreOddAndOfTheListenerEven() throws Exception {
    try (Wire dialer = new Wire(Role.DIALER).start();
        Wire listener = new Wire(Role.LISTENER).start()) {
      assertThat(dialer.session.open()).hasToString("yamux stream 1");
      assertThat(dialer.session.open()).hasToString("yamux stream 3");
      assertThat(listener.session.open()).hasToString("yamux stream 2");
    }
  }

  @Test
  void acknowledgementRidesOnTheAnswer() throws Exception {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, (byte) 1);
      assertThat(wire.sent()).isEmpty();
      wire.accepted.getFirst().write(ByteBuffer.allocate(1));
      wire.accepted.getFirst().closeWrite();
      assertThat(wire.sent())
          .containsExactly(
              new FrameHeader(DATA, ACK, 1, 1), new FrameHeader(WINDOW_UPDATE, FIN, 1, 0));
    }
  }

  @Test
  void longWriteIsCutIntoFramesWithinTheWindow() throws Exception {
    try (Wire wire = new Wire(Role.DIALER).start()) {
      MuxedStream stream = wire.session.open();
      FutureTask<Void> write = waiting(() -> stream.write(ByteBuffer.allocate(WINDOW + 10)));
      wire.send(WINDOW_UPDATE, ACK, 1, 10);
      write.get();
      assertThat(wire.sent().stream().filter(frame -> frame.type() == DATA))
          .extracting(FrameHeader::length)
          .containsExactly(65_507, 65_507, 65_507, 65_507, 116, 10);
    }
  }

  @Test
  void windowIsGivenBackWhenHalfOfItIsRead() throws Exception {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, new byte[WINDOW]);
      MuxedStream stream = wire.accepted.getFirst();
      stream.read(ByteBuffer.allocate(WINDOW / 2 - 1));
      assertThat(wire.sent()).isEmpty();
      stream.read(ByteBuffer.allocate(1));
      assertThat(wire.sent())
          .contains(new FrameHeader(WINDOW_UPDATE, ACK, 1, WINDOW / 2))
          .extracting(FrameHeader::type)
          .as("a ping to learn the round trip")
          .contains(PING);
    }
  }

  @Test
  void windowUpdatesOfManyStreamsLeaveTogether() throws Exception {
    try (Wire wire = Wire.listener()) {
      for (int id : new int[] {1, 3, 5}) {
        wire.data(SYN, id, new byte[WINDOW / 2]);
      }
      wire.writable(false);
      for (MuxedStream stream : wire.accepted) {
        stream.read(ByteBuffer.allocate(WINDOW / 2));
      }
      wire.channel.releaseOutbound();
      wire.writable(true);
      assertThat(wire.channel.outboundMessages()).hasSize(1);
      assertThat(wire.sent()).hasSize(3);
    }
  }

  @Test
  void windowGrowsWhileMemoryIsGrantedAndAllIsGivenBack() throws Exception {
    Budget budget = new Budget(3L * WINDOW);
    try (Wire wire = new Wire(Role.LISTENER, YamuxSettings.defaults(), budget).start()) {
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      YamuxStream stream = (YamuxStream) wire.accepted.getFirst();
      exchange(wire, stream, WINDOW / 2);
      FrameHeader ping = wire.sent().getFirst();
      wire.pass(Duration.ofMillis(1));
      wire.send(PING, ACK, 0, ping.length());
      exchange(wire, stream, WINDOW / 2);
      assertThat(stream.receiveWindowBytes()).isEqualTo(2 * WINDOW);
      assertThat(wire.sent()).containsExactly(new FrameHeader(WINDOW_UPDATE, 0, 1, 3 * WINDOW / 2));
      exchange(wire, stream, WINDOW);
      assertThat(stream.receiveWindowBytes()).as("the budget has no more").isEqualTo(2 * WINDOW);
      assertThat(budget.used()).isEqualTo(2 * WINDOW);
      stream.close();
      assertThat(budget.used()).isZero();
    }
  }

  private static void exchange(Wire wire, MuxedStream stream, int bytes) throws IOException {
    wire.data(0, 1, new byte[bytes]);
    assertThat(stream.read(ByteBuffer.allocate(bytes))).isEqualTo(bytes);
  }

  @Test
  void streamsWithoutMemoryAreNotOpenedAndReset() throws Exception {
    Budget budget = new Budget(WINDOW);
    try (Wire wire = new Wire(Role.LISTENER, YamuxSettings.defaults(), budget).start()) {
      MuxedStream first = wire.session.open();
      assertThatThrownBy(wire.session::open)
          .isInstanceOf(LimitExceededException.class)
          .hasMessageStartingWith("no memory is left for the window of a stream to ");
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      assertThat(wire.sent()).contains(new FrameHeader(WINDOW_UPDATE, RST, 1, 0));
      first.reset(new IOException("unused"));
      wire.session.open();
    }
    assertThat(budget.used()).isZero();
  }

  @Test
  void streamsAboveTheBoundAreNotOpened() throws Exception {
    YamuxSettings settings =
        new YamuxSettings(1, WINDOW, Duration.ofSeconds(30), Duration.ofSeconds(10));
    try (Wire wire = new Wire(Role.DIALER, settings, MemoryBudget.unbounded()).start()) {
      MuxedStream first = wire.session.open();
      assertThatThrownBy(wire.session::open)
          .isInstanceOf(LimitExceededException.class)
          .hasMessageStartingWith("1 streams to ");
      first.close();
      wire.session.open();
    }
  }

  @Test
  void openWaitsForAcknowledgements() throws Exception {
    try (Wire wire = new Wire(Role.DIALER).start()) {
      for (int i = 0; i < 256; i++) {
        wire.session.open();
      }
      FutureTask<Void> open = waiting(wire.session::open);
      assertThat(wire.sent()).as("what would never leave if open only waited").hasSize(256);
      assertThat(open).isNotDone();
      wire.send(WINDOW_UPDATE, ACK, 9, 0);
      open.get();
    }
  }

  @Test
  void openThatWaitsFailsWhenTheSessionEnds() throws Exception {
    Wire wire = new Wire(Role.DIALER).start();
    for (int i = 0; i < 256; i++) {
      wire.session.open();
    }
    FutureTask<Void> one = waiting(wire.session::open);
    FutureTask<Void> other = waiting(wire.session::open);
    wire.close();
    assertThatThrownBy(one::get).hasCauseInstanceOf(ConnectionClosedException.class);
    assertThatThrownBy(other::get).hasCauseInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void pingsAreAnsweredWithTheirValue() {
    try (Wire wire = Wire.listener()) {
      wire.send(PING, SYN, 0, 0xCAFE);
      assertThat(wire.sent()).containsExactly(new FrameHeader(PING, ACK, 0, 0xCAFE));
    }
  }

  @Test
  void peerThatAnswersPingsStays() {
    try (Wire wire = Wire.listener()) {
      for (int i = 1; i <= 3; i++) {
        wire.pass(Duration.ofSeconds(30));
        assertThat(wire.sent()).containsExactly(new FrameHeader(PING, SYN, 0, i));
        wire.send(PING, ACK, 0, i);
        wire.pass(Duration.ofSeconds(10));
      }
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  @Test
  void peerThatIsSilentIsGivenUp() {
    try (Wire wire = Wire.listener()) {
      wire.pass(Duration.ofSeconds(30));
      wire.pass(Duration.ofSeconds(10));
      assertThat(wire.sent())
          .containsExactly(new FrameHeader(PING, SYN, 0, 1), new FrameHeader(GO_AWAY, 0, 0, 2));
      assertThat(wire.closed())
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .havingCause()
          .isInstanceOf(ConnectionClosedException.class)
          .withMessageContaining("has not answered a ping within PT10S");
    }
  }

  @Test
  void peerWhosePongIsBehindItsBytesStays() {
    try (Wire wire = Wire.listener()) {
      wire.pass(Duration.ofSeconds(30));
      for (int i = 0; i < 5; i++) {
        wire.data(i == 0 ? SYN : 0, 1, (byte) 1);
        wire.pass(Duration.ofSeconds(10));
      }
      assertThat(wire.channel.isOpen()).isTrue();
    }
  }

  @Test
  void closingTellsThePeerBehindWhatWasWritten() throws Exception {
    Wire wire = new Wire(Role.DIALER).start();
    MuxedStream stream = wire.session.open();
    wire.writable(false);
    stream.write(ByteBuffer.allocate(1));
    wire.session.close();
    assertThat(wire.sent())
        .containsExactly(
            new FrameHeader(WINDOW_UPDATE, SYN, 1, 0),
            new FrameHeader(DATA, 0, 1, 1),
            new FrameHeader(GO_AWAY, 0, 0, 0));
    assertThat(wire.closed()).isCompleted();
    wire.close();
  }

  @Test
  void streamsGoOnWhenThePeerGoesAwayInOrder() throws Exception {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, (byte) 1).send(GO_AWAY, 0, 0, 0);
      assertThatThrownBy(wire.session::open).isInstanceOf(ConnectionClosedException.class);
      MuxedStream stream = wire.accepted.getFirst();
      assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(1);
      stream.write(ByteBuffer.allocate(1));
      assertThat(wire.channel.isOpen()).isTrue();
      stream.close();
      assertThat(wire.channel.isOpen()).isFalse();
      assertThat(wire.closed()).isCompleted();
    }
  }

  @Test
  void peerThatGoesAwayInOrderMayResetTheConnection() {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, (byte) 1).send(GO_AWAY, 0, 0, 0);
      wire.channel.pipeline().fireExceptionCaught(new IOException("connection reset by peer"));
      wire.channel.close();
      assertThat(wire.closed()).isCompleted();
    }
  }

  @Test
  void peerThatGoesAwayForAnErrorFailsTheSession() {
    try (Wire wire = Wire.listener()) {
      wire.send(GO_AWAY, 0, 0, 1);
      assertThat(wire.closed())
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withMessageContaining("ended the connection with code 1, protocol error");
    }
  }

  @Test
  void answerThatIsWholeCanBeReadAfterTheConnection() throws Exception {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN | FIN, 1, (byte) 5);
      wire.channel.close();
      MuxedStream stream = wire.accepted.getFirst();
      assertThat(stream.read(ByteBuffer.allocate(2))).isEqualTo(1);
      assertThat(stream.read(ByteBuffer.allocate(2))).isEqualTo(-1);
      assertThat(stream.over().toCompletableFuture()).isCompleted();
    }
  }

  @Test
  void endBetweenFramesIsInOrderAndWithinOneIsNot() {
    try (Wire wire = Wire.listener()) {
      wire.channel.close();
      assertThat(wire.closed()).isCompleted();
    }
    try (Wire wire = Wire.listener()) {
      wire.raw(Unpooled.buffer().writeZero(11));
      wire.channel.close();
      assertThat(wire.closed()).isCompletedExceptionally();
    }
  }

  @Test
  void channelThatHasEndedAlreadyMakesASessionThatHas() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.close();
    StreamSession session =
        new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded())
            .session(channel, Role.DIALER, Ends.PEER);
    assertThat(session.closed().toCompletableFuture()).isCompleted();
    assertThatThrownBy(session::open).isInstanceOf(ConnectionClosedException.class);
  }

  @Test
  void failureOfTheChannelEndsTheSession() {
    try (Wire wire = Wire.listener()) {
      IOException reset = new IOException("connection reset");
      wire.channel.pipeline().fireExceptionCaught(reset);
      assertThat(wire.closed())
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withRootCauseInstanceOf(IOException.class)
          .havingRootCause()
          .isSameAs(reset);
    }
  }

  @Test
  void bytesThatCameBeforeTheStartAreTheFirst() throws Exception {
    try (Wire wire = new Wire(Role.LISTENER)) {
      wire.data(SYN, 1, (byte) 3);
      assertThat(wire.accepted).isEmpty();
      wire.start();
      ByteBuffer target = ByteBuffer.allocate(1);
      wire.accepted.getFirst().read(target);
      assertThat(target.get(0)).isEqualTo((byte) 3);
    }
  }

  @Test
  void bytesThatCameWithoutAStartAreReleased() {
    try (Wire wire = new Wire(Role.LISTENER)) {
      ByteBuf early = wire.channel.alloc().buffer().writeZero(12);
      wire.raw(early);
      wire.session.close();
      assertThat(early.refCnt()).isZero();
    }
  }

  @Test
  void streamThatNobodyTakesIsReset() {
    try (Wire wire = new Wire(Role.LISTENER)) {
      wire.session.start(
          _ -> {
            throw new IllegalStateException("no room");
          });
      wire.send(WINDOW_UPDATE, SYN, 1, 0);
      assertThat(wire.sent()).containsExactly(new FrameHeader(WINDOW_UPDATE, RST | ACK, 1, 0));
    }
  }

  @Test
  void givingUpReadingDropsBytesAndKeepsThePeerGoing() throws Exception {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, new byte[WINDOW]);
      wire.accepted.getFirst().closeRead();
      assertThat(wire.bufferedBytes()).isZero();
      wire.data(0, 1, new byte[WINDOW]);
      assertThat(wire.sent().stream().filter(frame -> frame.type() == WINDOW_UPDATE))
          .extracting(FrameHeader::length)
          .containsExactly(WINDOW, WINDOW);
    }
  }

  @Test
  void resetCodeOfThePeerIsNamed() {
    try (Wire wire = Wire.listener()) {
      wire.data(SYN, 1, (byte) 1).send(WINDOW_UPDATE, RST, 1, 4099);
      assertThatThrownBy(() -> wire.accepted.getFirst().read(ByteBuffer.allocate(1)))
          .isInstanceOf(StreamResetException.class)
          .hasMessage("the peer reset the stream with code 4099");
    }
  }

  private interface Blocking {
    void run() throws Exception;
  }

  /** A call that waits: the wire is the test's again, since it belongs to one thread at a time. */
  private static FutureTask<Void> waiting(Blocking call) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              call.run();
              return null;
            });
    Thread thread = Thread.startVirtualThread(task);
    await().until(() -> thread.getState() == Thread.State.WAITING);
    return task;
  }

  /** So many bytes and no more. */
  private static final class Budget implements MemoryBudget {
    private final long bytes;
    private long used;

    Budget(long bytes) {
      this.bytes = bytes;
    }

    @Override
    public synchronized boolean reserve(long more) {
      if (used + more > bytes) {
        return false;
      }
      used += more;
      return true;
    }

    @Override
    public synchronized void release(long less) {
      used -= less;
      assertThat(used).isNotNegative();
    }

    synchronized long used() {
      return used;
    }
  }
}
