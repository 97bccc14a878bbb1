package io.github.cachemesh.libp2p;

import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.host.AddressBookLimits;
import io.github.cachemesh.libp2p.host.AddressResolver;
import io.github.cachemesh.libp2p.host.ConnectionLimits;
import io.github.cachemesh.libp2p.host.DialSettings;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.host.HostSettings;
import io.github.cachemesh.libp2p.host.MemoryAllowance;
import io.github.cachemesh.libp2p.host.StreamLimits;
import io.github.cachemesh.libp2p.host.StreamSettings;
import io.github.cachemesh.libp2p.host.TrimPolicy;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.protocol.identify.Identify;
import io.github.cachemesh.libp2p.protocol.perf.Perf;
import io.github.cachemesh.libp2p.protocol.ping.Ping;
import io.github.cachemesh.libp2p.security.noise.NoiseChannel;
import io.github.cachemesh.libp2p.security.tls.PeerCertificate;
import io.github.cachemesh.libp2p.security.tls.TlsChannel;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.memory.MemoryNetwork;
import io.github.cachemesh.libp2p.transport.quic.QuicTransport;
import io.github.cachemesh.libp2p.transport.tcp.TcpSettings;
import io.github.cachemesh.libp2p.transport.tcp.TcpTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Libp2p} is made of: QUIC and TCP, Noise before TLS, yamux, and the bounds that each
 * part has by default. For one thread.
 */
public final class Libp2pBuilder {
  /** What connections may take together beyond their first windows. */
  public static final long DEFAULT_MEMORY_BYTES = 256L << 20;

  /** A way to reach peers. */
  public enum TransportKind {
    QUIC,
    TCP
  }

  /** A way to secure TCP; QUIC has its own. */
  public enum SecurityKind {
    NOISE,
    TLS
  }

  private final PrivateKey key;
  private String protocolVersion = "cachemesh/1.0.0";
  private String agent = "cachemesh";
  private Set<TransportKind> transports = Set.of(TransportKind.values());
  private List<SecurityKind> security = List.of(SecurityKind.values());
  private long memoryBytes = DEFAULT_MEMORY_BYTES;
  private ConnectionLimits connectionLimits = ConnectionLimits.DEFAULTS;
  private StreamLimits streamLimits = StreamLimits.DEFAULTS;
  private AddressBookLimits addressBookLimits = AddressBookLimits.DEFAULTS;
  private TrimPolicy trimPolicy = TrimPolicy.DEFAULTS;
  private DialSettings dialing = DialSettings.DEFAULTS;
  private StreamSettings streams = StreamSettings.DEFAULTS;
  private boolean perf;
  private @Nullable AddressResolver resolver;
  private @Nullable MemoryNetwork memoryNetwork;
  private @Nullable Reactor reactor;

  Libp2pBuilder(PrivateKey key) {
    this.key = key;
  }

  /** What peers are told of the network and the software. */
  public Libp2pBuilder named(String protocolVersion, String agent) {
    this.protocolVersion = protocolVersion;
    this.agent = agent;
    return this;
  }

  public Libp2pBuilder transports(Set<TransportKind> transports) {
    this.transports = Set.copyOf(transports);
    return this;
  }

  /** In order of preference. */
  public Libp2pBuilder security(List<SecurityKind> security) {
    this.security = List.copyOf(security);
    return this;
  }

  /** For addresses with names; by default the machine's hosts file and name servers are asked. */
  public Libp2pBuilder resolver(AddressResolver resolver) {
    this.resolver = resolver;
    return this;
  }

  /** Bound on what its connections hold unread, by default {@value #DEFAULT_MEMORY_BYTES}. */
  public Libp2pBuilder memoryBytes(long memoryBytes) {
    this.memoryBytes = memoryBytes;
    return this;
  }

  public Libp2pBuilder connectionLimits(ConnectionLimits limits) {
    connectionLimits = limits;
    return this;
  }

  public Libp2pBuilder streamLimits(StreamLimits limits) {
    streamLimits = limits;
    return this;
  }

  public Libp2pBuilder addressBookLimits(AddressBookLimits limits) {
    addressBookLimits = limits;
    return this;
  }

  /** Which connections are given up when there are many. */
  public Libp2pBuilder trimPolicy(TrimPolicy policy) {
    trimPolicy = policy;
    return this;
  }

  public Libp2pBuilder dialing(DialSettings settings) {
    dialing = settings;
    return this;
  }

  public Libp2pBuilder streams(StreamSettings settings) {
    streams = settings;
    return this;
  }

  /** Makes it a member of that network, besides the other transports. */
  public Libp2pBuilder memory(MemoryNetwork network) {
    memoryNetwork = network;
    return this;
  }

  /** Lets any peer measure throughput, and use as much of the network as it likes. */
  public Libp2pBuilder answeringPerf() {
    perf = true;
    return this;
  }

  /** Event loops of others, which stay open; by default it has some of its own. */
  public Libp2pBuilder reactor(Reactor reactor) {
    this.reactor = reactor;
    return this;
  }

  /** Listens nowhere yet. */
  public Libp2p build() {
    Reactor loops =
        reactor != null
            ? reactor
            : Reactor.start(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    MemoryAllowance memory = new MemoryAllowance(memoryBytes);
    SystemResolver names = new SystemResolver(loops);
    Host host =
        new Host(
            new HostSettings(
                key,
                transports(loops, memory),
                resolver != null ? resolver : names,
                connectionLimits,
                streamLimits,
                addressBookLimits,
                trimPolicy,
                dialing,
                streams,
                memory,
                loops.group(),
                Clock.systemUTC()));
    Ping ping = new Ping();
    host.handle(Ping.ID, ping);
    if (perf) {
      host.handle(Perf.ID, new Perf());
    }
    Identify identify = Identify.start(host, protocolVersion, agent);
    return new Libp2p(host, identify, ping, names, reactor == null ? loops : null);
  }

  private List<Transport> transports(Reactor loops, MemoryAllowance memory) {
    List<Transport> made = new ArrayList<>();
    if (transports.contains(TransportKind.QUIC)) {
      made.add(QuicTransport.create(loops, key, memory));
    }
    if (transports.contains(TransportKind.TCP) || memoryNetwork != null) {
      Upgrader upgrader = upgrader(memory);
      if (transports.contains(TransportKind.TCP)) {
        made.add(new TcpTransport(loops, upgrader, TcpSettings.defaults()));
      }
      if (memoryNetwork != null) {
        made.add(memoryNetwork.host(upgrader));
      }
    }
    return made;
  }

  private Upgrader upgrader(MemoryAllowance memory) {
    Yamux yamux = new Yamux(YamuxSettings.defaults(), memory);
    List<ProtocolId> muxers = List.of(yamux.protocol());
    return new Upgrader(
        security.stream().map(kind -> secureChannel(kind, muxers)).toList(), List.of(yamux));
  }

  private SecureChannel secureChannel(SecurityKind kind, List<ProtocolId> muxers) {
    return switch (kind) {
      case NOISE -> new NoiseChannel(key, muxers);
      case TLS -> {
        Clock clock = Clock.systemUTC();
        PeerCertificate certificate =
            PeerCertificate.create(key, clock.instant(), new SecureRandom());
        yield new TlsChannel(certificate, clock, muxers);
      }
    };
  }
}
