package io.github.cachemesh.core.service;

import io.github.cachemesh.core.proxy.ConnectionLimit;
import io.github.cachemesh.core.proxy.HeadTimeout;
import io.github.cachemesh.core.proxy.Timeouts;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * HTTPS/1.1 on one address. Bounds: {@link #MAX_CONNECTIONS}; 10 s a handshake; 10 s and {@link
 * Wire#MAX_REQUEST_BYTES} a request, 8 KiB its line, 16 KiB its fields; 60 s to take a reply; 120 s
 * idle. Thread-safe.
 */
final class ServiceListener implements AutoCloseable {
  static final int MAX_CONNECTIONS = 1_024;

  private static final int MAX_LINE_BYTES = 8 << 10;
  private static final int MAX_FIELDS_BYTES = 16 << 10;
  private static final int MAX_CHUNK_BYTES = 16 << 10;
  private static final Duration HANDSHAKE = Duration.ofSeconds(10);

  /** How long replies under way may take when it is closed. */
  private static final Duration DRAIN = Duration.ofSeconds(30);

  /** How long the listener and the event loops may take to end. */
  private static final Duration END = Duration.ofSeconds(5);

  private final ServicePages pages;
  private final Function<ByteBufAllocator, SslHandler> tls;
  private final ConnectionLimit limit = new ConnectionLimit(MAX_CONNECTIONS);
  private final EventLoopGroup eventLoops =
      new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final Channel channel;

  /**
   * Listens.
   *
   * @param address port 0 for any free one
   * @param tls asked for each connection
   * @throws IOException when the address cannot be had; the message names it
   */
  ServiceListener(
      InetSocketAddress address, Function<ByteBufAllocator, SslHandler> tls, ServicePages pages)
      throws IOException {
    this.pages = pages;
    this.tls = tls;
    try {
      this.channel =
          new ServerBootstrap()
              .group(eventLoops)
              .channel(NioServerSocketChannel.class)
              .option(ChannelOption.SO_BACKLOG, 1024)
              .childOption(ChannelOption.AUTO_READ, false)
              .childOption(ChannelOption.TCP_NODELAY, true)
              .childHandler(
                  new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                      initialise(connection);
                    }
                  })
              .bind(address)
              .syncUninterruptibly()
              .channel();
    } catch (Exception e) {
      workers.shutdownNow();
      eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      // Netty throws the IOException of a busy port without declaring it.
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  private void initialise(Channel connection) {
    SslHandler ssl = tls.apply(connection.alloc());
    ssl.setHandshakeTimeoutMillis(HANDSHAKE.toMillis());
    HeadTimeout requestTimeout = new HeadTimeout(Timeouts.DEFAULT);
    connection
        .pipeline()
        .addLast(ssl)
        .addLast(requestTimeout)
        .addLast(new HttpServerCodec(MAX_LINE_BYTES, MAX_FIELDS_BYTES, MAX_CHUNK_BYTES))
        .addLast(new HttpObjectAggregator(Wire.MAX_REQUEST_BYTES, true))
        .addLast(new FlowControlHandler())
        .addLast(
            new ServiceConnection(pages, limit, requestTimeout, Timeouts.DEFAULT.stall(), workers));
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  int connections() {
    return limit.size();
  }

  /**
   * Takes in no more clients, lets requests under way be answered within 30 seconds, then closes
   * all connections.
   */
  @Override
  public void close() {
    awaitAtMost(END, channel.close());
    try {
      limit.drain(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    workers.shutdownNow();
    awaitAtMost(END, eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS));
  }

  private static void awaitAtMost(Duration limit, Future<?> ended) {
    var _ = ended.awaitUninterruptibly(limit.toMillis());
  }
}
