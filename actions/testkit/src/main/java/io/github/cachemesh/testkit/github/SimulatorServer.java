package io.github.cachemesh.testkit.github;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The listeners and connections of a simulator: HTTP/1.1 over TCP, with or without TLS, or Unix.
 */
final class SimulatorServer implements AutoCloseable {
  private static final int MAX_BODY_BYTES = 64 << 20;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Supplier<ConnectionHandler> handlers;

  SimulatorServer(Supplier<ConnectionHandler> handlers) {
    this.handlers = handlers;
  }

  InetSocketAddress listenTcp(InetSocketAddress address, Optional<SslContext> tls)
      throws IOException {
    return (InetSocketAddress) bind(NioServerSocketChannel.class, address, tls);
  }

  void listenUnix(SocketAddress address) throws IOException {
    bind(NioServerDomainSocketChannel.class, address, Optional.empty());
  }

  private SocketAddress bind(
      Class<? extends ServerChannel> type, SocketAddress address, Optional<SslContext> tls)
      throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    accept(channel, tls);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen on " + address, bound.cause());
    }
    channels.add(bound.channel());
    return bound.channel().localAddress();
  }

  private void accept(Channel channel, Optional<SslContext> tls) {
    channels.add(channel);
    ChannelPipeline pipeline = channel.pipeline();
    tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
    pipeline
        .addLast(new HttpServerCodec(16_384, 65_536, 65_536))
        .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
        .addLast(handlers.get());
  }

  @Override
  public void close() {
    channels.close().awaitUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
