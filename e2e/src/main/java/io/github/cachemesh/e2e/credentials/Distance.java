package io.github.cachemesh.e2e.credentials;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A network between clients and a server of this machine: every byte and every end takes its time,
 * each way. Connections are accepted at once, so that a client waits for one round trip less than
 * over a real network. Reads as fast as bytes come: for small messages.
 */
final class Distance implements AutoCloseable {
  private final Duration oneWay;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;
  private volatile InetSocketAddress server = loopback(0);

  /** Listens on a free port of 127.0.0.1. */
  Distance(Duration oneWay) {
    this.oneWay = oneWay;
    this.listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel client) {
                    connect(client);
                  }
                })
            .bind(loopback(0))
            .syncUninterruptibly()
            .channel();
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** What clients take for the server. */
  URI uri() {
    return URI.create(
        "https://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort());
  }

  /** Where it leads, from the next connection on. */
  void leadsTo(URI target) {
    server = loopback(target.getPort());
  }

  private void connect(Channel client) {
    new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new Far(client))
        .connect(server)
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    client.pipeline().addLast(new Far(connected.channel()));
                    client.config().setAutoRead(true);
                  } else {
                    client.close();
                  }
                });
  }

  /** Hands on what one end sends, later, to the other. */
  private final class Far extends ChannelInboundHandlerAdapter {
    private final Channel other;

    Far(Channel other) {
      this.other = other;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      later(ctx, () -> other.writeAndFlush(bytes));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      later(ctx, other::close);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }

    private void later(ChannelHandlerContext ctx, Runnable arrival) {
      var _ = ctx.executor().schedule(arrival, oneWay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
