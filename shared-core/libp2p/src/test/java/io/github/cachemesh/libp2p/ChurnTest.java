package io.github.cachemesh.libp2p;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.host.HostStatistics;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.github.cachemesh.libp2p.transport.memory.MemoryNetwork;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Connections and streams come and go, in every way that they can end; nothing of them stays. */
@ExtendWith(BufferLeaks.class)
@Timeout(120)
class ChurnTest {
  private static final int DIALERS = 8;
  private static final int CONNECTIONS_EACH = 250;
  private static final int STREAMS_EACH = 10;
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final ProtocolId FIRST = new ProtocolId("/first/1");
  private static final ProtocolId ECHO = new ProtocolId("/echo/1");
  private static final ProtocolId FAIL = new ProtocolId("/fail/1");
  private static final ProtocolId HANG = new ProtocolId("/hang/1");
  private static final ProtocolId HANG_UP = new ProtocolId("/hang-up/1");
  private static final ProtocolId NOBODYS = new ProtocolId("/nobodys/1");

  private final Leftovers leftovers = new Leftovers();
  private final Reactor reactor = Reactor.start(2);
  private final MemoryNetwork network = new MemoryNetwork(reactor.group(), 1);
  private final Queue<WeakReference<Connection>> ends = new ConcurrentLinkedQueue<>();

  @AfterEach
  void closeNetwork() {
    network.close();
    reactor.close().join();
    leftovers.awaitNoThreads();
  }

  @Test
  void connectionsAndStreamsLeaveNothingBehind() throws Exception {
    try (Libp2p listener = peer()) {
      Multiaddr address = serve(listener.host());
      List<Libp2p> dialers = new ArrayList<>();
      for (int i = 0; i < DIALERS; i++) {
        dialers.add(peer());
      }
      List<HostStatistics> before = statistics(listener, dialers);

      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> work = new ArrayList<>();
        for (Libp2p dialer : dialers) {
          work.add(threads.submit(() -> churn(dialer, address)));
        }
        for (Future<?> each : work) {
          each.get();
        }
      }

      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(statistics(listener, dialers)).isEqualTo(before));
      assertThat(network.openEnds()).isZero();
      Leftovers.awaitIdle(reactor);
      assertThat(ends).hasSize(2 * DIALERS * CONNECTIONS_EACH);
      await()
          .atMost(LIMIT)
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(ends.stream().filter(end -> end.get() != null).count()).isZero();
              });
      dialers.forEach(Libp2p::close);
    }
  }

  private Libp2p peer() {
    return Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
        .security(List.of(Libp2pBuilder.SecurityKind.NOISE))
        .transports(Set.of())
        .memory(network)
        .reactor(reactor)
        .build();
  }

  private static List<HostStatistics> statistics(Libp2p listener, List<Libp2p> dialers) {
    List<HostStatistics> all = new ArrayList<>();
    all.add(listener.host().statistics());
    dialers.forEach(dialer -> all.add(dialer.host().statistics()));
    return all;
  }

  private Multiaddr serve(Host host) throws IOException {
    host.handle(
        FIRST,
        stream -> {
          ends.add(new WeakReference<>(stream.connection()));
          echo(stream);
        });
    host.handle(ECHO, ChurnTest::echo);
    host.handle(
        FAIL,
        _ -> {
          throw new IOException("as it should");
        });
    host.handle(HANG, stream -> stream.read(ByteBuffer.allocate(1)));
    host.handle(HANG_UP, stream -> stream.connection().close());
    return host.listen(Multiaddr.parse("/memory/0"));
  }

  private static void echo(Stream stream) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1024);
    while (stream.read(buffer.clear()) >= 0) {
      stream.write(buffer.flip());
    }
  }

  private Void churn(Libp2p dialer, Multiaddr address) throws Exception {
    for (int i = 0; i < CONNECTIONS_EACH; i++) {
      Connection connection = dialer.host().connect(address);
      ends.add(new WeakReference<>(connection));
      useStreams(dialer, connection);
      boolean isLeftToPeer = i % 2 == 0;
      try (Stream last = open(connection, isLeftToPeer ? HANG_UP : HANG)) {
        last.closeWrite();
        if (!isLeftToPeer) {
          connection.close();
        }
        connection.closed().toCompletableFuture().get(LIMIT.toSeconds(), SECONDS);
      }
    }
    return null;
  }

  /** All but the last, each with another end. */
  private static void useStreams(Libp2p dialer, Connection connection) throws IOException {
    assertThat(echoed(open(connection, FIRST), 1)).isEqualTo(1);
    assertThat(echoed(open(connection, ECHO), 1)).isEqualTo(1);
    assertThat(echoed(open(connection, ECHO), 100_000)).isEqualTo(100_000);
    dialer.ping().ping(connection);
    assertThatThrownBy(() -> open(connection, FAIL).read(ByteBuffer.allocate(1)))
        .isInstanceOf(StreamResetException.class);
    assertThatThrownBy(() -> open(connection, NOBODYS).read(ByteBuffer.allocate(1)))
        .isInstanceOf(NegotiationException.class);
    Stream reset = open(connection, ECHO);
    reset.write(ByteBuffer.allocate(2_000));
    reset.reset(new IOException("enough"));
    Stream unread = open(connection, ECHO);
    unread.write(ByteBuffer.allocate(2_000));
    unread.close();
    // Nobody closes this one but the connection's end.
    open(connection, HANG);
  }

  private static Stream open(Connection connection, ProtocolId protocol) throws IOException {
    return connection.open(List.of(protocol));
  }

  /** How many bytes came back. */
  private static int echoed(Stream stream, int bytes) throws IOException {
    try (stream) {
      int read = 0;
      ByteBuffer buffer = ByteBuffer.allocate(10_000);
      for (int left = bytes; left > 0; left -= buffer.limit()) {
        buffer.clear().limit(Math.min(left, buffer.capacity()));
        int limit = buffer.limit();
        stream.write(buffer);
        stream.readFully(buffer.flip());
        read += limit;
      }
      stream.closeWrite();
      return read;
    }
  }
}
