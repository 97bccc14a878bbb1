package io.github.cachemesh.libp2p.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.security.noise.NoiseChannel;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IdleConnectionTest {
  private static final int CONNECTIONS = Integer.getInteger("idle.connections", 50);
  private static final int MAX_BYTES_PER_END = 40 << 10;

  private final List<MuxedConnection> held = new ArrayList<>();

  private final class Keep implements ConnectionAcceptor {
    @Override
    public boolean admits(Multiaddr remote) {
      return true;
    }

    @Override
    public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {
      upgrade.thenAccept(IdleConnectionTest.this::keep);
    }
  }

  private void keep(MuxedConnection connection) {
    connection.start(stream -> stream.close());
    held.add(connection);
  }

  private static long usedBytes() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return heap + direct + PlatformDependent.usedDirectMemory();
  }

  /** With Noise and yamux. */
  @Test
  void idleConnectionIsCheap() {
    try (Simulation simulation = new Simulation(1)) {
      PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
      Yamux yamux = new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded());
      NoiseChannel noise = new NoiseChannel(identity, List.of(yamux.protocol()));
      Upgrader upgrader = new Upgrader(List.of(noise), List.of(yamux));
      Transport listener = simulation.network().host(upgrader);
      Multiaddr address =
          listener.listen(Multiaddr.parse("/memory/0"), new Keep()).join().address();
      Transport dialer = simulation.network().host(upgrader);
      keep(simulation.run(dialer.dial(address, null), Duration.ofSeconds(5)).resultNow());
      long before = usedBytes();
      for (int i = 0; i < CONNECTIONS; i++) {
        keep(simulation.run(dialer.dial(address, null), Duration.ofSeconds(5)).resultNow());
      }
      simulation.run(Duration.ofSeconds(1));
      long each = (usedBytes() - before) / (2 * CONNECTIONS);
      assertThat(held).hasSize(2 * CONNECTIONS + 2);
      assertThat(each).isLessThan(MAX_BYTES_PER_END);
    }
  }
}
