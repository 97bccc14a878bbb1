package io.github.cachemesh.libp2p.muxer.yamux;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writers whose windows are open and whose peer does not read its socket. */
@ExtendWith(BufferLeaks.class)
@Timeout(30)
class CongestionTest {
  private static final int STREAMS = 50;
  private static final int WINDOW = ReceiveWindow.INITIAL_BYTES;
  private static final int SOCKET_BYTES = 64 * 1024;

  private final Reactor reactor = Reactor.start(1);
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
  private final List<MuxedStream> streams = new ArrayList<>();
  private final List<FutureTask<Void>> writes = new ArrayList<>();
  private StreamSession session;
  private Channel peer;

  @BeforeEach
  void writeToPeerThatDoesNotRead() throws Exception {
    CompletableFuture<Channel> accepted = new CompletableFuture<>();
    Channel server =
        new ServerBootstrap()
            .group(reactor.group())
            .channel(reactor.serverSocketChannel())
            .option(ChannelOption.SO_RCVBUF, SOCKET_BYTES)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Sink());
                    accepted.complete(channel);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    CompletableFuture<StreamSession> dialer = new CompletableFuture<>();
    new Bootstrap()
        .group(reactor.group())
        .channel(reactor.socketChannel())
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.SO_SNDBUF, SOCKET_BYTES)
        .option(ChannelOption.ALLOCATOR, allocator)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                dialer.complete(
                    new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded())
                        .session(channel, Role.DIALER, Ends.PEER));
              }
            })
        .connect(server.localAddress())
        .sync();
    session = dialer.get();
    session.start(_ -> {});
    peer = accepted.get();
    for (int i = 0; i < STREAMS; i++) {
      MuxedStream stream = session.open();
      FutureTask<Void> write =
          new FutureTask<>(
              () -> {
                stream.write(ByteBuffer.allocate(WINDOW));
                return null;
              });
      streams.add(stream);
      writes.add(write);
      Thread.startVirtualThread(write);
    }
    await().until(() -> allocator.metric().usedDirectMemory() >= Outbound.ROOM_BYTES / 2);
  }

  @AfterEach
  void close() {
    session.close();
    peer.close().syncUninterruptibly();
    await().until(session.closed().toCompletableFuture()::isDone);
    reactor.close().join();
    assertThat(allocator.metric().usedDirectMemory()).as("buffers not released").isZero();
  }

  @Test
  void whatWaitsIsBoundedHoweverManyWrite() {
    await()
        .during(100, MILLISECONDS)
        .until(
            () ->
                allocator.metric().usedDirectMemory()
                    < Outbound.ROOM_BYTES + 512 * 1024 + 2 * 65_536);
    assertThat(writes).filteredOn(FutureTask::isDone).hasSizeLessThan(STREAMS / 2);
  }

  @Test
  void allGoOnWhenThePeerReads() throws Exception {
    peer.config().setAutoRead(true);
    for (FutureTask<Void> write : writes) {
      write.get(10, SECONDS);
    }
  }

  @Test
  void othersGoOnWhenSomeOfThoseThatWaitAreReset() throws Exception {
    for (int i = 0; i < STREAMS; i += 2) {
      streams.get(i).reset(new IOException("enough"));
    }
    peer.config().setAutoRead(true);
    for (int i = 1; i < STREAMS; i += 2) {
      writes.get(i).get(10, SECONDS);
    }
  }

  @Test
  void allFailWhenTheConnectionIsClosed() {
    session.close();
    await().until(() -> writes.stream().allMatch(FutureTask::isDone));
  }

  private static final class Sink extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }
  }
}
