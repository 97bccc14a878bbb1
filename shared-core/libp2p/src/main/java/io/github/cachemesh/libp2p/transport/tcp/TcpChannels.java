package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/**
 * How sockets are set: packets leave at once, dead peers are noticed, buffers fit for throughput
 * that cost nothing while a connection is idle.
 */
final class TcpChannels {
  /**
   * What may wait for the socket before writers do: some frames of the muxer, so that the socket
   * does not run dry while they are woken.
   */
  private static final WriteBufferWaterMark WATER_MARKS =
      new WriteBufferWaterMark(128 << 10, 512 << 10);

  /** A buffer lives only while it is read into, and its size follows what came before. */
  private static final int MIN_READ_BYTES = 512;

  private static final int FIRST_READ_BYTES = 4 << 10;
  private static final int MAX_READ_BYTES = 256 << 10;

  /** Of Linux. */
  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  /** The upgrade fills the pipeline; this one leaves it at once. */
  private static final ChannelHandler NOTHING =
      new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  private final Reactor reactor;
  private final TcpSettings settings;
  private final ChannelOption<Boolean> reusePort;

  TcpChannels(Reactor reactor, TcpSettings settings) {
    this.reactor = reactor;
    this.settings = settings;
    this.reusePort =
        reactor.isEpoll()
            ? UnixChannelOption.SO_REUSEPORT
            : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
  }

  Bootstrap dialing() {
    return new Bootstrap()
        .group(reactor.group())
        .channel(reactor.socketChannel())
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
        .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .handler(NOTHING);
  }

  /** A dial from a port that is listened on. */
  Bootstrap dialingFromListenPort() {
    return dialing().option(ChannelOption.SO_REUSEADDR, true).option(reusePort, true);
  }

  ServerBootstrap listening(InetSocketAddress endpoint, ChannelHandler accepted) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(reactor.group())
            .channel(reactor.serverSocketChannel())
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, settings.backlog())
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers())
            .childHandler(accepted);
    if (reactor.isEpoll() && endpoint.getAddress() instanceof Inet6Address) {
      // So that :: and 0.0.0.0 can have the same port.
      bootstrap.option(IPV6_V6ONLY, 1);
    }
    return bootstrap;
  }

  /**
   * Lets dials leave from the port of a listening channel. Done once it is bound: a port that
   * another socket listens on is then still refused.
   *
   * @return whether the system can
   */
  boolean share(Channel listening) {
    try {
      return listening.config().setOption(reusePort, true);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static AdaptiveRecvByteBufAllocator readBuffers() {
    return new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES);
  }
}
