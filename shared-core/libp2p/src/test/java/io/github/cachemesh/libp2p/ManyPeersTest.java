package io.github.cachemesh.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.TestPeers.Way;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyPeersTest {
  private static final int PEERS = 100;

  @Test
  void idlePeersAndConnectionsHoldNoThreads() throws Exception {
    try (TestPeers peers = new TestPeers(Way.MEMORY)) {
      List<Libp2p> ring = new ArrayList<>();
      List<Multiaddr> addresses = new ArrayList<>();
      for (int i = 0; i < PEERS; i++) {
        ring.add(peers.peer());
        addresses.add(peers.listen(ring.getLast()));
      }
      for (int i = 0; i < PEERS; i++) {
        Libp2p peer = ring.get(i);
        Connection next = peer.host().connect(addresses.get((i + 1) % PEERS));
        peer.identify().identified(next).get();
        assertThat(peer.ping().ping(next)).isPositive();
      }

      await().until(() -> ring.stream().allMatch(peer -> peer.host().statistics().streams() == 0));
      assertThat(ring).allMatch(peer -> peer.host().statistics().connections() == 2);
      assertThat(RunningThreads.named("virtual")).noneMatch(line -> line.contains("libp2p"));
    }
  }
}
