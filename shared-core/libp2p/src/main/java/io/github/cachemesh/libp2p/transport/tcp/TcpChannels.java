package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.spi.SelectorProvider;

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

  /** With the numbers of Linux; Netty's own option is for sockets that listen only. */
  private static final ChannelOption<Integer> SO_REUSEPORT =
      new IntegerUnixChannelOption("SO_REUSEPORT", 1, 15);

  private static final ChannelOption<Integer> IPV6_V6ONLY =
      new IntegerUnixChannelOption("IPV6_V6ONLY", 41, 26);

  private static final ChannelOption<Boolean> NIO_REUSEPORT =
      NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);

  /** The upgrade fills the pipeline; this one leaves it at once. */
  private static final ChannelHandler NOTHING =
      new ChannelInitializer<Channel>() {
        @Override
        protected void initChannel(Channel channel) {}
      };

  private final Reactor reactor;
  private final TcpSettings settings;

  TcpChannels(Reactor reactor, TcpSettings settings) {
    this.reactor = reactor;
    this.settings = settings;
  }

  private static SocketProtocolFamily version(InetSocketAddress endpoint) {
    return endpoint.getAddress() instanceof Inet6Address
        ? SocketProtocolFamily.INET6
        : SocketProtocolFamily.INET;
  }

  private Channel socket(SocketProtocolFamily version) {
    return reactor.isEpoll()
        ? new EpollSocketChannel(version)
        : new NioSocketChannel(SelectorProvider.provider(), version);
  }

  private ServerChannel serverSocket(SocketProtocolFamily version) {
    return reactor.isEpoll()
        ? new EpollServerSocketChannel(version)
        : new NioServerSocketChannel(SelectorProvider.provider(), version);
  }

  Bootstrap dialing(InetSocketAddress target) {
    SocketProtocolFamily version = version(target);
    return new Bootstrap()
        .group(reactor.group())
        .channelFactory(() -> socket(version))
        .remoteAddress(target)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
        .option(ChannelOption.RECVBUF_ALLOCATOR, readBuffers())
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .handler(NOTHING);
  }

  /** A dial from a port that is listened on. */
  Bootstrap dialing(InetSocketAddress target, InetSocketAddress source) {
    Bootstrap bootstrap =
        dialing(target).localAddress(source).option(ChannelOption.SO_REUSEADDR, true);
    return reactor.isEpoll()
        ? bootstrap.option(SO_REUSEPORT, 1)
        : bootstrap.option(NIO_REUSEPORT, true);
  }

  ServerBootstrap listening(InetSocketAddress endpoint, ChannelHandler accepted) {
    SocketProtocolFamily version = version(endpoint);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(reactor.group())
            .channelFactory(() -> serverSocket(version))
            .localAddress(endpoint)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, settings.backlog())
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARKS)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, readBuffers())
            .childHandler(accepted);
    if (reactor.isEpoll() && version == SocketProtocolFamily.INET6) {
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
      return reactor.isEpoll()
          ? listening.config().setOption(SO_REUSEPORT, 1)
          : listening.config().setOption(NIO_REUSEPORT, true);
    } catch (RuntimeException e) {
      return false;
    }
  }

  private static AdaptiveRecvByteBufAllocator readBuffers() {
    return new AdaptiveRecvByteBufAllocator(MIN_READ_BYTES, FIRST_READ_BYTES, MAX_READ_BYTES);
  }
}
