package io.github.cachemesh.libp2p.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.transport.memory.LinkConditions.Passage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryChannelTest {
  private static final int PIECE = 64 << 10;
  private static final LinkConditions SLOW = LinkConditions.of(Duration.ofMillis(50));

  private final Simulation simulation = new Simulation(1);
  private final MemoryNetwork network = simulation.network();
  private final Link link = new Link(network);
  private final MemoryChannel.Pair pair =
      MemoryChannel.Pair.over(link, network, network.free(), network.free());
  private final MemoryChannel writer = pair.dialer();
  private final MemoryChannel reader = pair.listener();
  private int received;

  @BeforeEach
  void register() {
    reader
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                received += ((ByteBuf) message).readableBytes();
                ((ByteBuf) message).release();
              }
            });
    network.add(writer);
    network.add(reader);
    simulation.group().register(writer);
    simulation.group().register(reader);
    run(Duration.ZERO);
  }

  @AfterEach
  void close() {
    simulation.close();
  }

  private void run(Duration time) {
    simulation.run(time);
  }

  private ChannelFuture write(int bytes) {
    return writer.writeAndFlush(Unpooled.wrappedBuffer(new byte[bytes]));
  }

  private void read() {
    reader.read();
    run(Duration.ZERO);
  }

  @Test
  void bytesArriveAfterTheLatency() {
    link.conditions(SLOW);
    reader.read();
    write(10);
    run(Duration.ofMillis(49));
    assertThat(received).isZero();
    run(Duration.ofMillis(1));
    assertThat(received).isEqualTo(10);
  }

  @Test
  void nothingIsReadThatWasNotAskedFor() {
    write(10);
    run(Duration.ofSeconds(1));
    assertThat(received).isZero();
    read();
    assertThat(received).isEqualTo(10);
  }

  @Test
  void writerWaitsForTheReader() {
    ChannelFuture last = null;
    for (int i = 0; i < 16; i++) {
      last = write(PIECE);
    }
    run(Duration.ofSeconds(1));
    assertThat(last.isDone()).isFalse();
    assertThat(writer.isWritable()).isFalse();
    while (received < 16 * PIECE) {
      int before = received;
      read();
      assertThat(received).isGreaterThan(before);
      assertThat(received - before).isLessThanOrEqualTo(Flow.CAPACITY_BYTES + PIECE);
    }
    assertThat(last.isSuccess()).isTrue();
  }

  @Test
  void endFollowsTheBytes() {
    link.conditions(SLOW);
    write(10);
    writer.close();
    run(Duration.ofSeconds(1));
    assertThat(reader.isOpen()).isTrue();
    read();
    assertThat(received).isEqualTo(10);
    assertThat(reader.isOpen()).isFalse();
  }

  @Test
  void endIsNoticedWithoutReading() {
    writer.close();
    run(Duration.ZERO);
    assertThat(reader.isOpen()).isFalse();
  }

  @Test
  void writingToAReaderThatHasGoneEndsTheWriter() {
    link.conditions(SLOW);
    reader.close();
    ChannelFuture write = write(10);
    run(Duration.ZERO);
    assertThat(write.isSuccess()).isFalse();
    assertThat(writer.isOpen()).isFalse();
  }

  @Test
  void whatWasSentIntoACutGoesOnWhenItIsMended() {
    reader.read();
    network.conditions(LinkConditions.PERFECT.with(Passage.CUT));
    write(10);
    run(Duration.ofSeconds(60));
    assertThat(received).isZero();
    network.conditions(LinkConditions.PERFECT);
    run(Duration.ZERO);
    assertThat(received).isEqualTo(10);
  }

  @Test
  void jitterKeepsTheOrder() {
    link.conditions(new LinkConditions(Duration.ofMillis(1), Duration.ofMillis(100), Passage.OPEN));
    StringBuilder order = new StringBuilder();
    reader
        .pipeline()
        .addFirst(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object message) {
                order.append((char) ((ByteBuf) message).getByte(0));
                context.fireChannelRead(message);
                context.read();
              }
            });
    reader.read();
    for (char letter : "abcdefgh".toCharArray()) {
      writer.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {(byte) letter}));
    }
    run(Duration.ofSeconds(1));
    assertThat(order).hasToString("abcdefgh");
  }
}
