package io.github.cachemesh.e2e.interop;

import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.host.AddressBookLimits;
import io.github.cachemesh.libp2p.host.ConnectionLimits;
import io.github.cachemesh.libp2p.host.DialSettings;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.host.HostSettings;
import io.github.cachemesh.libp2p.host.MemoryAllowance;
import io.github.cachemesh.libp2p.host.StreamLimits;
import io.github.cachemesh.libp2p.host.StreamSettings;
import io.github.cachemesh.libp2p.host.TrimPolicy;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.security.noise.NoiseChannel;
import io.github.cachemesh.libp2p.security.tls.PeerCertificate;
import io.github.cachemesh.libp2p.security.tls.TlsChannel;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.quic.QuicTransport;
import io.github.cachemesh.libp2p.transport.tcp.TcpSettings;
import io.github.cachemesh.libp2p.transport.tcp.TcpTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * One way to speak libp2p: a host of it offers nothing else.
 *
 * @param transport {@code tcp} or {@code quic-v1}
 * @param security {@code noise} or {@code tls}; ignored for QUIC
 * @param muxer {@code yamux}; ignored for QUIC
 */
record PeerStack(String transport, String security, String muxer) {
  private static final long MEMORY_BYTES = 256L << 20;

  /**
   * @throws IllegalArgumentException if there is no such way
   */
  Host host() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    // With a processor for the application, as in programs of one thread for each.
    Reactor reactor = Reactor.start(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    MemoryAllowance memory = new MemoryAllowance(MEMORY_BYTES);
    return new Host(
        new HostSettings(
            key,
            List.of(transport(reactor, key, memory)),
            List::of,
            ConnectionLimits.DEFAULTS,
            StreamLimits.DEFAULTS,
            AddressBookLimits.DEFAULTS,
            TrimPolicy.DEFAULTS,
            DialSettings.DEFAULTS,
            StreamSettings.DEFAULTS,
            memory,
            reactor.group(),
            Clock.systemUTC()));
  }

  Multiaddr listenAddress(String ip) {
    return Multiaddr.parse("/ip4/" + ip + (transport.equals("tcp") ? "/tcp/0" : "/udp/0/quic-v1"));
  }

  private Transport transport(Reactor reactor, PrivateKey key, MemoryAllowance memory) {
    return switch (transport) {
      case "tcp" -> new TcpTransport(reactor, upgrader(key, memory), TcpSettings.defaults());
      case "quic-v1" -> QuicTransport.create(reactor, key, memory);
      default -> throw new IllegalArgumentException("there is no transport " + transport);
    };
  }

  private Upgrader upgrader(PrivateKey key, MemoryAllowance memory) {
    if (!muxer.equals("yamux")) {
      throw new IllegalArgumentException("there is no muxer " + muxer);
    }
    Yamux yamux = new Yamux(YamuxSettings.defaults(), memory);
    return new Upgrader(List.of(security(key, List.of(yamux.protocol()))), List.of(yamux));
  }

  private SecureChannel security(PrivateKey key, List<ProtocolId> muxers) {
    return switch (security) {
      case "noise" -> new NoiseChannel(key, muxers);
      case "tls" ->
          new TlsChannel(
              PeerCertificate.create(key, Instant.now(), new SecureRandom()),
              Clock.systemUTC(),
              muxers);
      default -> throw new IllegalArgumentException("there is no secure channel " + security);
    };
  }
}
