package io.github.cachemesh.libp2p.transport.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A client of QUIC that need not be a peer. */
final class RawClient implements AutoCloseable {
  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel socket;

  RawClient(QuicSslContext tls) throws InterruptedException {
    ChannelHandler codec =
        new QuicClientCodecBuilder()
            .sslEngineProvider(channel -> tls.newEngine(channel.alloc(), "peer", 1))
            .maxIdleTimeout(5, TimeUnit.SECONDS)
            .initialMaxData(1_000_000)
            .initialMaxStreamDataBidirectionalLocal(100_000)
            .build();
    socket =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .handler(codec)
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
  }

  Future<QuicChannel> connect(InetSocketAddress address, ChannelHandler handler) {
    return QuicChannel.newBootstrap(socket)
        .handler(handler)
        .streamHandler(new ChannelInboundHandlerAdapter())
        .remoteAddress(address)
        .connect();
  }

  @Override
  public void close() throws InterruptedException {
    socket.close().sync();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }
}
