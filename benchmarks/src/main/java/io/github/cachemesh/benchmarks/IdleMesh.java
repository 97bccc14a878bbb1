package io.github.cachemesh.benchmarks;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.Libp2pBuilder.SecurityKind;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Standard peers in a ring of one network in memory: all that a node is, but for the sockets. */
final class IdleMesh implements AutoCloseable {
  /** So that no handshake waits for its turn longer than it may. */
  private static final int DIALERS_AT_ONCE = 16;

  private record Member(Libp2p peer, Multiaddr address) {}

  private final Reactor reactor = Reactor.start(Runtime.getRuntime().availableProcessors());
  private final MemoryNetwork network = new MemoryNetwork(reactor.group(), 1);
  private final List<Member> members = new ArrayList<>();

  IdleMesh(int peers) throws IOException {
    for (int i = 0; i < peers; i++) {
      Libp2p peer =
          Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
              .transports(Set.of())
              .memory(network)
              .security(List.of(SecurityKind.NOISE))
              .reactor(reactor)
              .build();
      members.add(new Member(peer, peer.host().listen(Multiaddr.parse("/memory/0"))));
    }
  }

  /**
   * Each dials so many that follow it; returns when both ends of each connection know the other.
   */
  void connect(int dialsEach) throws ExecutionException, InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(DIALERS_AT_ONCE, Thread.ofVirtual().factory())) {
      List<Future<?>> dialers = new ArrayList<>();
      for (int i = 0; i < members.size(); i++) {
        int index = i;
        dialers.add(
            threads.submit(
                () -> {
                  for (int step = 1; step <= dialsEach; step++) {
                    dial(members.get(index), members.get((index + step) % members.size()));
                  }
                  return null;
                }));
      }
      for (Future<?> dialer : dialers) {
        dialer.get();
      }
    }
    for (Member member : members) {
      for (Connection connection : member.peer.host().connections()) {
        member.peer.identify().identified(connection).get();
      }
    }
  }

  private static void dial(Member from, Member to) throws IOException {
    from.peer.host().connect(to.peer.host().id(), List.of(to.address));
  }

  /** Ends of connections: each has two. */
  int ends() {
    return members.stream().mapToInt(each -> each.peer.host().statistics().connections()).sum();
  }

  int streams() {
    return members.stream().mapToInt(each -> each.peer.host().statistics().streams()).sum();
  }

  @Override
  public void close() {
    members.forEach(member -> member.peer.close());
    network.close();
    reactor.close().join();
  }
}
