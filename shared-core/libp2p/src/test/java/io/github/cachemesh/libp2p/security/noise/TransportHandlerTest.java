package io.github.cachemesh.libp2p.security.noise;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportHandlerTest {
  private static final int MAX = FrameWriter.MAX_PLAINTEXT_BYTES;
  private static final int OVERHEAD = 2 + CipherState.TAG_BYTES;

  /** Counts what the handler asks of the transport. */
  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext context) {
      count++;
      context.read();
    }
  }

  private final byte[] key = TestKeys.fresh();
  private final byte[] otherKey = TestKeys.fresh();
  private final Reads reads = new Reads();
  private final List<Throwable> failures = new ArrayList<>();
  private final EmbeddedChannel sender = channel(new CipherState(key), new CipherState(otherKey));
  private final EmbeddedChannel receiver = channel(new CipherState(otherKey), new CipherState(key));

  private static TransportHandler handler(CipherState sending, CipherState receiving) {
    return new TransportHandler(
        new TransportKeys(sending, receiving),
        new FrameAssembler(ByteBufAllocator.DEFAULT, CipherState.TAG_BYTES, 65_535));
  }

  private static EmbeddedChannel channel(CipherState sending, CipherState receiving) {
    return new EmbeddedChannel(handler(sending, receiving));
  }

  @AfterEach
  void closeChannels() {
    sender.finishAndReleaseAll();
    receiver.finishAndReleaseAll();
  }

  private static ByteBuf bytes(int count) {
    return Unpooled.buffer(Math.max(1, count)).writeZero(count);
  }

  /** The lengths of the frames that have left. */
  private List<Integer> frames() {
    List<Integer> lengths = new ArrayList<>();
    for (ByteBuf frame = sender.readOutbound(); frame != null; frame = sender.readOutbound()) {
      if (frame.isReadable()) {
        lengths.add(frame.readableBytes());
        assertThat(frame.readUnsignedShort()).isEqualTo(frame.readableBytes());
      }
      frame.release();
    }
    return lengths;
  }

  private ByteBuf frame(ByteBuf plaintext) {
    sender.writeOutbound(plaintext);
    return sender.readOutbound();
  }

  private String received() {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = receiver.readInbound(); part != null; part = receiver.readInbound()) {
      text.append(part.toString(US_ASCII));
      part.release();
    }
    return text.toString();
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, US_ASCII);
  }

  @Test
  void smallWritesOfOneFlushShareAFrame() {
    for (int i = 0; i < 100; i++) {
      sender.write(bytes(12));
    }
    assertThat(frames()).isEmpty();
    sender.flush();
    assertThat(frames()).containsExactly(1200 + OVERHEAD);
  }

  @Test
  void fullFramesLeaveBeforeTheFlush() {
    sender.write(bytes(12));
    sender.write(bytes(2 * MAX));
    sender.flushOutbound();
    assertThat(frames()).containsExactly(65_537, 65_537, 12 + OVERHEAD);
  }

  @Test
  void atMostOneFrameWaitsForTheFlush() {
    List<Integer> passed = new ArrayList<>();
    sender
        .pipeline()
        .addFirst(
            new ChannelOutboundHandlerAdapter() {
              @Override
              public void write(
                  ChannelHandlerContext context, Object message, ChannelPromise promise) {
                passed.add(((ByteBuf) message).readableBytes());
                context.write(message, promise);
              }
            });
    sender.write(bytes(MAX - 1));
    assertThat(passed).isEmpty();
    sender.write(bytes(1));
    assertThat(passed).containsExactly(65_537);
  }

  @Test
  void emptyFlushSendsNothing() {
    sender.flush();
    sender.writeOutbound(bytes(0));
    assertThat(frames()).isEmpty();
  }

  @Test
  void promiseIsKeptWhenTheLastByteIsWritten() {
    ChannelFuture large = sender.write(bytes(MAX + 1));
    ChannelFuture small = sender.write(bytes(1));
    ChannelFuture empty = sender.write(bytes(0));
    sender.write(bytes(1), sender.voidPromise());
    assertThat(large.isDone()).isFalse();
    assertThat(small.isDone()).isFalse();
    sender.flush();
    assertThat(List.of(large, small, empty)).allMatch(ChannelFuture::isSuccess);
  }

  @Test
  void writesThatNeverLeftFailAndAreReleased() {
    ByteBuf bytes = bytes(5);
    ChannelFuture written = sender.write(bytes);
    sender.close();
    sender.runPendingTasks();
    assertThat(written.isSuccess()).isFalse();
    assertThat(written.isDone()).isTrue();
    assertThat(bytes.refCnt()).isZero();
  }

  @Test
  void nonceDoesNotWrap() {
    EmbeddedChannel last = channel(new CipherState(key, -2), new CipherState(otherKey));
    catchFailures(last);
    assertThat(last.writeOneOutbound(bytes(1)).isDone()).isFalse();
    last.flush();
    ByteBuf bytes = bytes(1);
    ChannelFuture refused = last.writeAndFlush(bytes);
    assertThat(refused.cause()).isInstanceOf(NonceExhaustedException.class);
    assertThat(failures).singleElement().isInstanceOf(NonceExhaustedException.class);
    assertThat(bytes.refCnt()).isZero();
    assertThat(last.isOpen()).isFalse();
    last.finishAndReleaseAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15})
  void frameWithoutRoomForATagEndsTheChannel(int length) {
    catchFailures(receiver);
    receiver.writeInbound(Unpooled.buffer().writeShort(length).writeZero(length));
    assertThat(failures).singleElement().isInstanceOf(ProtocolViolationException.class);
    assertThat(receiver.isOpen()).isFalse();
  }

  @Test
  void frameThatIsNotAuthenticEndsTheChannelAndWhatFollowsIsDropped() {
    catchFailures(receiver);
    ByteBuf good = frame(text("good"));
    ByteBuf bad = frame(text("bad"));
    bad.setByte(bad.writerIndex() - 1, ~bad.getByte(bad.writerIndex() - 1));
    ByteBuf next = frame(text("next"));
    receiver.writeInbound(Unpooled.wrappedBuffer(good, bad, next));
    assertThat(received()).isEqualTo("good");
    assertThat(failures)
        .singleElement()
        .isInstanceOf(ProtocolViolationException.class)
        .asString()
        .contains("not authentic");
    assertThat(receiver.isOpen()).isFalse();
  }

  @Test
  void framesMustComeInOrder() {
    catchFailures(receiver);
    ByteBuf first = frame(text("first"));
    ByteBuf second = frame(text("second"));
    receiver.writeInbound(Unpooled.wrappedBuffer(second, first));
    assertThat(received()).isEmpty();
    assertThat(failures).singleElement().isInstanceOf(ProtocolViolationException.class);
  }

  @Test
  void frameWithoutPlaintextIsPassedOver() throws Exception {
    byte[] empty = new CipherState(key).encrypt(new byte[0], new byte[0]);
    receiver.writeInbound(Unpooled.buffer().writeShort(empty.length).writeBytes(empty));
    assertThat(receiver.<Object>readInbound()).isNull();
    assertThat(receiver.isOpen()).isTrue();
  }

  @Test
  void plaintextWaitsUntilSomebodyReads() {
    receiver.config().setAutoRead(false);
    TransportHandler late = handler(new CipherState(otherKey), new CipherState(key));
    receiver.pipeline().replace(TransportHandler.class, null, late);
    receiver.writeInbound(frame(text("one ")));
    receiver.writeInbound(frame(text("two ")));
    assertThat(received()).isEmpty();
    receiver.read();
    receiver.writeInbound(frame(text("three")));
    assertThat(received()).isEqualTo("one two three");
  }

  @Test
  void readIsRepeatedUntilAFrameIsWhole() {
    receiver.config().setAutoRead(false);
    receiver.pipeline().addFirst(reads);
    receiver.read();
    ByteBuf frame = frame(text("whole"));
    int before = reads.count;
    receiver.writeInbound(frame.readBytes(3));
    assertThat(reads.count).isEqualTo(before + 1);
    receiver.writeInbound(frame);
    assertThat(received()).isEqualTo("whole");
    assertThat(reads.count).isEqualTo(before + 1);
  }

  @Test
  void orderIsKeptWhenMoreArrivesInTheMidstOfReading() {
    ByteBuf first = Unpooled.wrappedBuffer(frame(text("a")), frame(text("b")));
    ByteBuf second = frame(text("c"));
    ChannelHandlerContext own = receiver.pipeline().context(TransportHandler.class);
    TransportHandler handler = receiver.pipeline().get(TransportHandler.class);
    receiver
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              private boolean isLater;

              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                if (!isLater) {
                  isLater = true;
                  handler.channelRead(own, second);
                }
                context.fireChannelRead(message);
              }
            });
    receiver.writeInbound(first);
    assertThat(received()).isEqualTo("abc");
  }

  private void catchFailures(EmbeddedChannel channel) {
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                failures.add(cause);
              }
            });
  }
}
