package io.github.cachemesh.libp2p.transport.memory;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.PlainChannel;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.core.TransportContract;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class MemoryTransportTest extends TransportContract {
  private static Reactor reactor;

  private final MemoryNetwork network = new MemoryNetwork(reactor.group(), 1);

  @BeforeAll
  static void start() {
    reactor = Reactor.start(2);
  }

  @AfterAll
  static void end() {
    reactor.close().join();
  }

  @AfterEach
  void closeNetwork() {
    network.close();
  }

  private static Upgrader upgrader(SecureChannel channel, Duration handshakeTime) {
    Yamux yamux = new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded());
    return new Upgrader(List.of(channel), List.of(yamux), handshakeTime);
  }

  @Override
  protected Transport transport(PrivateKey identity, Duration handshakeTime) {
    return network.host(upgrader(new PlainChannel(identity), handshakeTime));
  }

  @Override
  protected Multiaddr anyPort() {
    return Multiaddr.parse("/memory/0");
  }

  @Override
  protected Multiaddr nobody() {
    return Multiaddr.parse("/memory/4711");
  }

  @Override
  protected Multiaddr silent() throws Exception {
    ConnectionAcceptor acceptor =
        new ConnectionAcceptor() {
          @Override
          public boolean admits(Multiaddr remote) {
            return true;
          }

          @Override
          public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {}
        };
    return network
        .host(upgrader(new MuteChannel(), Duration.ofSeconds(30)))
        .listen(anyPort(), acceptor)
        .get(5, SECONDS)
        .address();
  }

  private static final class MuteChannel implements SecureChannel {
    @Override
    public ProtocolId protocol() {
      return new ProtocolId("/plain-test/1.0.0");
    }

    @Override
    public CompletableFuture<SecuredPeer> secure(
        Channel channel, Role role, @Nullable PeerId expected) {
      return new CompletableFuture<>();
    }
  }
}
