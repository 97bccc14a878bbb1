package io.github.cachemesh.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.Libp2pBuilder.TransportKind;
import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many peers in one process. */
@ExtendWith(BufferLeaks.class)
@Timeout(120)
class ScaleTest {
  private final Leftovers leftovers = new Leftovers();
  private final Reactor reactor = Reactor.start(2);

  @AfterEach
  void nothingIsLeft() {
    Leftovers.awaitIdle(reactor);
    reactor.close().join();
    leftovers.awaitNoThreads();
  }

  @Test
  void thousandPeersPingTheirNeighboursInMemory() throws IOException {
    try (MemoryNetwork network = new MemoryNetwork(reactor.group(), 1)) {
      pingAround(1_000, builder -> builder.transports(Set.of()).memory(network), "/memory/0");

      assertThat(network.openEnds()).isZero();
    }
  }

  @Test
  void hundredPeersPingTheirNeighboursOverTcp() throws IOException {
    pingAround(
        100, builder -> builder.transports(Set.of(TransportKind.TCP)), "/ip4/127.0.0.1/tcp/0");
  }

  private void pingAround(int peers, UnaryOperator<Libp2pBuilder> transport, String listening)
      throws IOException {
    try (Ring ring = new Ring(peers, reactor, transport, listening)) {
      ring.connect();
      ring.pingNeighbours();

      assertThat(ring.neighbours()).hasSize(peers).containsOnly(4);
    }
  }
}
