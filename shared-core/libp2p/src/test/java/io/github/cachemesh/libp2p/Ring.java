package io.github.cachemesh.libp2p;

import io.github.cachemesh.libp2p.Libp2pBuilder.SecurityKind;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Peers in a ring, of which each dials the next one and one far ahead: so each has four neighbours.
 */
final class Ring implements AutoCloseable {
  /** Handshakes have a deadline, so that not all are begun at once. */
  private static final int AT_ONCE = 32;

  private static final int FAR_AHEAD = 31;

  private final List<Libp2p> peers = new ArrayList<>();
  private final List<Multiaddr> addresses = new ArrayList<>();

  /**
   * @param size more than twice {@value #FAR_AHEAD}
   */
  Ring(int size, Reactor reactor, UnaryOperator<Libp2pBuilder> transport, String listening)
      throws IOException {
    for (int i = 0; i < size; i++) {
      Libp2pBuilder builder =
          Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
              .security(List.of(SecurityKind.NOISE))
              .reactor(reactor);
      Libp2p peer = transport.apply(builder).build();
      peers.add(peer);
      addresses.add(peer.host().listen(Multiaddr.parse(listening)));
    }
  }

  /** Returns when all know all their neighbours. */
  void connect() throws IOException {
    each(
        index -> {
          dial(index, (index + 1) % peers.size());
          dial(index, (index + FAR_AHEAD) % peers.size());
        });
    for (Libp2p peer : peers) {
      for (Connection connection : peer.host().connections()) {
        peer.identify().identified(connection).join();
      }
    }
  }

  private void dial(int from, int to) throws IOException {
    peers.get(from).host().connect(peers.get(to).host().id(), List.of(addresses.get(to)));
  }

  /** Every peer pings those that it dialed, and those that dialed it. */
  void pingNeighbours() throws IOException {
    each(
        index -> {
          Libp2p peer = peers.get(index);
          for (Connection connection : peer.host().connections()) {
            peer.ping().ping(connection);
          }
        });
  }

  List<Integer> neighbours() {
    return peers.stream().map(peer -> peer.host().statistics().connections()).toList();
  }

  /** All at once, as many as may be; nothing of them is left then. */
  @Override
  public void close() throws IOException {
    each(index -> peers.get(index).close());
  }

  /** What one peer does; blocks. */
  @FunctionalInterface
  private interface Deed {
    void run(int index) throws IOException;
  }

  private void each(Deed deed) throws IOException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      Collection<Future<?>> deeds = new ArrayList<>();
      for (int i = 0; i < peers.size(); i++) {
        int index = i;
        deeds.add(
            threads.submit(
                () -> {
                  deed.run(index);
                  return null;
                }));
      }
      for (Future<?> each : deeds) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("not every peer did its part", e);
    }
  }
}
