package io.github.cachemesh.libp2p.transport.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.muxer.yamux.Yamux;
import io.github.cachemesh.libp2p.muxer.yamux.YamuxSettings;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.security.noise.NoiseChannel;
import io.github.cachemesh.libp2p.transport.memory.LinkConditions.Passage;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SimulationTest {
  private static final PrivateKey IDENTITY = PrivateKey.generate(KeyType.ED25519);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final List<Simulation> simulations = new ArrayList<>();
  private final Network network = new Network(1);

  /** Two hosts, of which one listens. */
  private final class Network {
    private final Simulation simulation;
    private final MemoryTransport dialer;
    private final MemoryTransport listener;
    private final List<MuxedConnection> accepted = new ArrayList<>();
    private final Multiaddr address;

    Network(long seed) {
      simulation = new Simulation(seed);
      simulations.add(simulation);
      Yamux yamux = new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded());
      NoiseChannel noise = new NoiseChannel(IDENTITY, List.of(yamux.protocol()));
      Upgrader upgrader = new Upgrader(List.of(noise), List.of(yamux));
      dialer = simulation.network().host(upgrader);
      listener = simulation.network().host(upgrader);
      address = listener.listen(Multiaddr.parse("/memory/0"), new Acceptor()).join().address();
    }

    private final class Acceptor implements ConnectionAcceptor {
      @Override
      public boolean admits(Multiaddr remote) {
        return true;
      }

      @Override
      public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {
        upgrade.thenAccept(
            connection -> {
              accepted.add(connection);
              connection.start(stream -> stream.close());
            });
      }
    }

    void link(LinkConditions conditions) {
      simulation.network().conditions(dialer, listener, conditions);
    }

    CompletableFuture<MuxedConnection> dial() {
      return simulation.run(dialer.dial(address, IDENTITY.peerId()), LIMIT);
    }

    MuxedConnection connected() {
      MuxedConnection connection = dial().resultNow();
      connection.start(stream -> stream.close());
      simulation.run(Duration.ofSeconds(1));
      return connection;
    }

    Duration timeToDial() {
      Duration before = simulation.now();
      dial().resultNow();
      return simulation.now().minus(before);
    }
  }

  @AfterEach
  void close() {
    simulations.forEach(Simulation::close);
  }

  @Test
  void dialTakesTheRoundTripsOfItsHandshakes() {
    network.link(LinkConditions.of(Duration.ofMillis(50)));
    // To connect, to negotiate Noise, and for Noise; the muxer is negotiated with it.
    assertThat(network.timeToDial()).isEqualTo(Duration.ofMillis(300));
  }

  @Test
  void sameSeedGivesTheSameRun() {
    LinkConditions conditions =
        new LinkConditions(Duration.ofMillis(10), Duration.ofMillis(90), Passage.OPEN);
    List<Duration> times = new ArrayList<>();
    for (long seed : new long[] {7, 7, 8}) {
      Network each = new Network(seed);
      each.link(conditions);
      times.add(each.timeToDial());
    }
    assertThat(times.get(0)).isEqualTo(times.get(1)).isNotEqualTo(times.get(2));
  }

  @Test
  void refusingLinkRefuses() {
    network.link(LinkConditions.PERFECT.with(Passage.REFUSING));
    assertThat(network.dial().exceptionNow()).isInstanceOf(ConnectException.class);
  }

  @Test
  void dialOverACutExpires() {
    network.link(LinkConditions.PERFECT.with(Passage.CUT));
    assertThat(network.dial().exceptionNow()).isInstanceOf(DeadlineExceededException.class);
    assertThat(network.simulation.now()).isEqualTo(MemoryNetwork.CONNECT_TIMEOUT);
  }

  @Test
  void cutIsNoticedByTheMuxer() {
    MuxedConnection connection = network.connected();
    network.link(LinkConditions.PERFECT.with(Passage.CUT));
    assertThat(network.simulation.run(connection.closed(), LIMIT)).isCompletedExceptionally();
    assertThat(network.simulation.now()).isLessThan(Duration.ofMinutes(1));
  }

  @Test
  void shortCutIsSurvived() {
    MuxedConnection connection = network.connected();
    network.link(LinkConditions.PERFECT.with(Passage.CUT));
    network.simulation.run(Duration.ofSeconds(5));
    network.link(LinkConditions.PERFECT);
    network.simulation.run(Duration.ofMinutes(10));
    assertThat(connection.closed().toCompletableFuture()).isNotDone();
  }

  @Test
  void severedConnectionEndsAtBothEnds() {
    MuxedConnection connection = network.connected();
    assertThat(network.simulation.network().openEnds()).isEqualTo(2);
    network.simulation.network().sever(network.dialer, network.listener);
    network.simulation.run(Duration.ZERO);
    assertThat(connection.closed().toCompletableFuture()).isDone();
    assertThat(network.accepted.getFirst().closed().toCompletableFuture()).isDone();
    assertThat(network.simulation.network().openEnds()).isZero();
  }

  @Test
  void otherLinksAreNotConcerned() {
    MuxedConnection connection = network.connected();
    MemoryTransport third =
        network
            .simulation
            .network()
            .host(
                new Upgrader(
                    List.of(new NoiseChannel(IDENTITY, List.of())),
                    List.of(new Yamux(YamuxSettings.defaults(), MemoryBudget.unbounded()))));
    network.simulation.network().sever(network.dialer, third);
    network.simulation.run(Duration.ofSeconds(1));
    assertThat(connection.closed().toCompletableFuture()).isNotDone();
  }

  @Test
  void negativeLatencyIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> LinkConditions.of(Duration.ofMillis(-1)));
  }
}
