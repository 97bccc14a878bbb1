package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Binds UDP sockets for QUIC, with what the system has for many packets at once. Thread-safe. */
final class UdpSockets {
  private static final int SOCKET_BUFFER_BYTES = 7 * 1024 * 1024;
  // With GRO, the kernel hands over up to 64 KiB in one piece.
  private static final int MAX_PACKETS_BYTES = 64 * 1024;

  // From Linux' in.h and in6.h.
  private static final int IPPROTO_IP = 0;
  private static final int IP_MTU_DISCOVER = 10;
  private static final int IPPROTO_IPV6 = 41;
  private static final int IPV6_MTU_DISCOVER = 23;
  private static final int IPV6_V6ONLY = 26;
  private static final int PMTUDISC_PROBE = 3;
  private static final IntegerUnixChannelOption MTU_4 =
      new IntegerUnixChannelOption("IP_MTU_DISCOVER", IPPROTO_IP, IP_MTU_DISCOVER);
  private static final IntegerUnixChannelOption MTU_6 =
      new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", IPPROTO_IPV6, IPV6_MTU_DISCOVER);
  private static final IntegerUnixChannelOption ONLY_6 =
      new IntegerUnixChannelOption("IPV6_V6ONLY", IPPROTO_IPV6, IPV6_V6ONLY);

  private final Reactor reactor;
  private final Codecs codecs;
  private final QuicSettings settings;
  private final InstantSource clock;
  private final SecureRandom random;

  UdpSockets(
      Reactor reactor,
      Codecs codecs,
      QuicSettings settings,
      InstantSource clock,
      SecureRandom random) {
    this.reactor = reactor;
    this.codecs = codecs;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param acceptor null: no connection is accepted
   */
  CompletableFuture<UdpSocket> bind(
      InetSocketAddress local, @Nullable ConnectionAcceptor acceptor) {
    boolean ip6 = local.getAddress() instanceof Inet6Address;
    CompletableFuture<UdpSocket> bound = new CompletableFuture<>();
    UdpSocket[] socket = new UdpSocket[1];
    Bootstrap bootstrap =
        new Bootstrap()
            .group(reactor.group())
            .channelFactory(() -> channel(ip6))
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_PACKETS_BYTES))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    socket[0] = socket(channel, acceptor);
                  }
                });
    if (reactor.isEpoll()) {
      bootstrap
          .option(EpollChannelOption.UDP_GRO, true)
          .option(ip6 ? MTU_6 : MTU_4, PMTUDISC_PROBE);
      if (ip6) {
        // The same port may be bound for IPv4, too.
        bootstrap.option(ONLY_6, 1);
      }
    }
    bootstrap
        .bind(local)
        .addListener(
            (ChannelFuture binding) -> {
              if (binding.isSuccess()) {
                bound.complete(socket[0]);
              } else {
                bound.completeExceptionally(
                    new IOException("cannot bind UDP " + local, binding.cause()));
              }
            });
    return bound;
  }

  private DatagramChannel channel(boolean ip6) {
    SocketProtocolFamily family = ip6 ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    return reactor.isEpoll() ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
  }

  private UdpSocket socket(Channel channel, @Nullable ConnectionAcceptor acceptor) {
    UdpSocket socket = new UdpSocket(channel, codecs, new ConnectionIds(random));
    if (acceptor == null) {
      socket.open();
    } else {
      RetryTokens tokens = new RetryTokens(clock, random);
      socket.open(new Admission(acceptor, tokens, settings.incomingHandshakes()), acceptor);
    }
    return socket;
  }
}
