package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.SegmentedDatagramPacket;
import io.netty.handler.codec.quic.EpollQuicUtils;
import io.netty.handler.codec.quic.FlushStrategy;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicTokenHandler;
import io.netty.handler.codec.quic.SegmentedDatagramPacketAllocator;
import io.netty.util.AttributeKey;
import java.util.concurrent.TimeUnit;

/**
 * Makes the codecs of QUIC that a socket needs.
 *
 * <p>A connection begins with a window of {@value #CONNECTION_WINDOW_BYTES} bytes and each stream
 * with one of {@value #STREAM_WINDOW_BYTES}; quiche lets them grow, as far as they are read from,
 * to 24 MiB and 16 MiB, which Netty cannot lower. That bounds what a peer can make this end keep.
 */
final class Codecs {
  /** Whom a dialed connection has to lead to; none takes anybody. */
  static final AttributeKey<PeerId> EXPECTED = AttributeKey.valueOf(Codecs.class, "expected");

  private static final long STREAM_WINDOW_BYTES = 512 * 1024;
  private static final long CONNECTION_WINDOW_BYTES = 768 * 1024;
  // An Ethernet frame, less the largest headers of IP and UDP.
  private static final int MAX_PACKET_BYTES = 1452;
  private static final int FLUSH_BYTES = 256 * 1024;
  // So many packets fit into the 64 KiB that the kernel takes at once.
  private static final int MAX_SEGMENTS = 44;
  private static final int INITIAL_WINDOW_PACKETS = 32;

  private final PeerTls tls;
  private final QuicSettings settings;
  private final MemoryBudget memory;
  private final boolean epoll;
  private final SegmentedDatagramPacketAllocator segments;

  Codecs(PeerTls tls, QuicSettings settings, MemoryBudget memory, boolean epoll) {
    this.tls = tls;
    this.settings = settings;
    this.memory = memory;
    this.epoll = epoll;
    this.segments =
        epoll && SegmentedDatagramPacket.isSupported()
            ? EpollQuicUtils.newSegmentedAllocator(MAX_SEGMENTS)
            : SegmentedDatagramPacketAllocator.NONE;
  }

  /** Of connections that this end opens. */
  ChannelHandler opening() {
    return parameters(new QuicClientCodecBuilder())
        .sslEngineProvider(channel -> tls.dialing(channel.alloc(), channel.attr(EXPECTED).get()))
        .build();
  }

  /** Of connections that peers open. */
  ChannelHandler accepting(
      QuicTokenHandler admission, ConnectionIds ids, ChannelInitializer<QuicChannel> accepted) {
    return parameters(new QuicServerCodecBuilder())
        .sslEngineProvider(channel -> tls.listening(channel.alloc()))
        .tokenHandler(admission)
        .connectionIdAddressGenerator(ids.generator())
        .option(ChannelOption.AUTO_READ, false)
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, segments)
        .handler(accepted)
        .build();
  }

  /** The handshake of one connection. */
  Upgrade upgrade(Role role) {
    return new Upgrade(role, tls, memory, settings);
  }

  SegmentedDatagramPacketAllocator segments() {
    return segments;
  }

  private <B extends QuicCodecBuilder<B>> B parameters(B builder) {
    builder
        .localConnectionIdLength(ConnectionIds.LENGTH)
        .maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .initialMaxData(CONNECTION_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalLocal(STREAM_WINDOW_BYTES)
        .initialMaxStreamDataBidirectionalRemote(STREAM_WINDOW_BYTES)
        .initialMaxStreamsBidirectional(settings.incomingStreams())
        .initialMaxStreamsUnidirectional(0)
        .initialCongestionWindowPackets(INITIAL_WINDOW_PACKETS)
        // Only for KeepAlive: one datagram at a time.
        .datagram(1, 1)
        .activeMigration(true)
        .flushStrategy(FlushStrategy.afterNumBytes(FLUSH_BYTES));
    if (epoll) {
      // Elsewhere there is no way to keep probes from being fragmented.
      builder.maxSendUdpPayloadSize(MAX_PACKET_BYTES).discoverPmtu(true);
    }
    return builder;
  }
}
