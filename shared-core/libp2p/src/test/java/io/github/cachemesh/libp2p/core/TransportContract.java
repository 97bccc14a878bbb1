package io.github.cachemesh.libp2p.core;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds for every transport. */
@Timeout(30)
public abstract class TransportContract {
  private static final Duration HANDSHAKE_TIME = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final List<Host> hosts = new ArrayList<>();

  /** A new host's; not yet listening. */
  protected abstract Transport transport(PrivateKey identity, Duration handshakeTime);

  /** Of this machine, port 0. */
  protected abstract Multiaddr anyPort();

  /** An address where nobody listens. */
  protected abstract Multiaddr nobody() throws Exception;

  /** An address where someone takes connections, or packets, and never says a word. */
  protected abstract Multiaddr silent() throws Exception;

  /** A transport with what was done to it. */
  protected static final class Host {
    private final PrivateKey identity;
    private final Transport transport;
    private final BlockingQueue<CompletableFuture<MuxedConnection>> incoming =
        new LinkedBlockingQueue<>();
    private volatile boolean admits = true;

    Host(PrivateKey identity, Transport transport) {
      this.identity = identity;
      this.transport = transport;
    }

    public PeerId id() {
      return identity.peerId();
    }

    public Transport transport() {
      return transport;
    }

    public Listener listen(Multiaddr address) throws Exception {
      ConnectionAcceptor acceptor =
          new ConnectionAcceptor() {
            @Override
            public boolean admits(Multiaddr remote) {
              return admits;
            }

            @Override
            public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {
              incoming.add(upgrade);
            }
          };
      return transport.listen(address, acceptor).get(5, SECONDS);
    }

    public CompletableFuture<MuxedConnection> nextIncoming() throws InterruptedException {
      CompletableFuture<MuxedConnection> next = incoming.poll(10, SECONDS);
      assertThat(next).as("an incoming connection").isNotNull();
      return next;
    }
  }

  /** Both ends of a connection, and what the peer opens on each. */
  protected record Pair(
      MuxedConnection dialer,
      MuxedConnection listener,
      BlockingQueue<MuxedStream> atDialer,
      BlockingQueue<MuxedStream> atListener) {
    static Pair start(MuxedConnection dialer, MuxedConnection listener) {
      Pair pair =
          new Pair(dialer, listener, new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
      dialer.start(pair.atDialer::add);
      listener.start(pair.atListener::add);
      return pair;
    }
  }

  protected final Host host(Duration handshakeTime) {
    PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
    Host host = new Host(identity, transport(identity, handshakeTime));
    hosts.add(host);
    return host;
  }

  protected final Host host() {
    return host(HANDSHAKE_TIME);
  }

  protected final Pair connect(Host from, Host to, Multiaddr address) throws Exception {
    MuxedConnection dialed = from.transport().dial(address, to.id()).get(10, SECONDS);
    return Pair.start(dialed, to.nextIncoming().get(10, SECONDS));
  }

  private Pair connected() throws Exception {
    Host listener = host();
    return connect(host(), listener, listener.listen(anyPort()).address());
  }

  private static MuxedStream next(BlockingQueue<MuxedStream> streams) throws Exception {
    MuxedStream stream = streams.poll(10, SECONDS);
    assertThat(stream).as("a stream of the peer").isNotNull();
    return stream;
  }

  protected static void assertFailure(
      CompletableFuture<?> future, Class<? extends Throwable> expected) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> future.get(10, SECONDS))
        .withCauseInstanceOf(expected);
  }

  @AfterEach
  void closeAll() {
    hosts.forEach(host -> host.transport().close());
  }

  @Test
  void bothEndsKnowEachOther() throws Exception {
    Host listener = host();
    Host dialer = host();
    Multiaddr address = listener.listen(anyPort()).address();
    Pair pair = connect(dialer, listener, address);
    assertThat(pair.dialer().remote().id()).isEqualTo(listener.id());
    assertThat(pair.listener().remote().id()).isEqualTo(dialer.id());
    assertThat(pair.dialer().role()).isEqualTo(Role.DIALER);
    assertThat(pair.listener().role()).isEqualTo(Role.LISTENER);
    assertThat(pair.dialer().remoteAddress()).isEqualTo(address);
    assertThat(pair.listener().localAddress()).isEqualTo(address);
    assertThat(pair.dialer().localAddress()).isEqualTo(pair.listener().remoteAddress());
  }

  @Test
  void portZeroBecomesRealOnes() throws Exception {
    Host host = host();
    Multiaddr first = host.listen(anyPort()).address();
    Multiaddr second = host.listen(anyPort()).address();
    assertThat(first).isNotEqualTo(anyPort()).isNotEqualTo(second);
  }

  @Test
  void takenAddressIsRefused() throws Exception {
    Multiaddr address = host().listen(anyPort()).address();
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> host().listen(address))
        .withCauseInstanceOf(IOException.class)
        .withMessageContaining(address.toString());
  }

  @Test
  void eitherEndOpensStreams() throws Exception {
    Pair pair = connected();
    exchange(pair.dialer().open(), pair.atListener());
    exchange(pair.listener().open(), pair.atDialer());
    pair.dialer().close();
  }

  private static void exchange(MuxedStream stream, BlockingQueue<MuxedStream> atPeer)
      throws Exception {
    stream.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    MuxedStream other = next(atPeer);
    ByteBuffer received = ByteBuffer.allocate(3);
    while (received.hasRemaining()) {
      assertThat(other.read(received)).isPositive();
    }
    other.write(received.flip());
    other.closeWrite();
    ByteBuffer back = ByteBuffer.allocate(10);
    while (stream.read(back) >= 0) {
      assertThat(back.position()).isLessThanOrEqualTo(3);
    }
    assertThat(back.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    stream.close();
    other.close();
  }

  @Test
  void muchArrivesUnharmed() throws Exception {
    Pair pair = connected();
    byte[] sent = new byte[8 << 20];
    new Random(1).nextBytes(sent);
    MuxedStream stream = pair.dialer().open();
    Thread writer =
        Thread.startVirtualThread(
            () -> {
              try {
                stream.write(ByteBuffer.wrap(sent));
              } catch (IOException e) {
                stream.reset(e);
              }
              stream.closeWrite();
            });
    MuxedStream other = next(pair.atListener());
    ByteBuffer received = ByteBuffer.allocate(sent.length + 1);
    while (other.read(received) >= 0) {
      assertThat(received.hasRemaining()).isTrue();
    }
    writer.join();
    assertThat(received.position()).isEqualTo(sent.length);
    assertThat(Arrays.equals(received.array(), 0, sent.length, sent, 0, sent.length)).isTrue();
    pair.dialer().close();
  }

  @Test
  void manyConnectAtOnce() throws Exception {
    Host listener = host();
    Multiaddr address = listener.listen(anyPort()).address();
    Host dialer = host();
    List<CompletableFuture<MuxedConnection>> dials = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      dials.add(dialer.transport().dial(address, listener.id()));
    }
    for (CompletableFuture<MuxedConnection> dial : dials) {
      Pair pair = Pair.start(dial.get(10, SECONDS), listener.nextIncoming().get(10, SECONDS));
      pair.dialer().close();
      pair.listener().close();
    }
  }

  @Test
  void anybodyIsTakenWhenNobodyIsExpected() throws Exception {
    Host listener = host();
    Multiaddr address = listener.listen(anyPort()).address();
    MuxedConnection dialed = host().transport().dial(address, null).get(10, SECONDS);
    assertThat(dialed.remote().id()).isEqualTo(listener.id());
    dialed.close();
  }

  @Test
  void anotherPeerIsRefused() throws Exception {
    Host listener = host();
    Multiaddr address = listener.listen(anyPort()).address();
    Host dialer = host();
    assertFailure(dialer.transport().dial(address, dialer.id()), PeerMismatchException.class);
    CompletableFuture<MuxedConnection> incoming = listener.nextIncoming();
    incoming.thenAccept(connection -> connection.start(MuxedStream::close));
    assertThat(incoming.thenCompose(StreamSession::closed).handle((_, _) -> true))
        .succeedsWithin(10, SECONDS);
  }

  @Test
  void connectionThatIsNotAdmittedEnds() throws Exception {
    Host listener = host();
    listener.admits = false;
    Multiaddr address = listener.listen(anyPort()).address();
    assertFailure(host().transport().dial(address, listener.id()), IOException.class);
    assertThat(listener.incoming).isEmpty();
  }

  @Test
  void dialWhereNobodyListensFails() throws Exception {
    assertFailure(host(SHORT).transport().dial(nobody(), null), IOException.class);
  }

  @Test
  void silentPeerIsGivenUp() throws Exception {
    assertFailure(host(SHORT).transport().dial(silent(), null), DeadlineExceededException.class);
  }

  @Test
  void cancelledDialStaysCancelled() throws Exception {
    CompletableFuture<MuxedConnection> dial = host().transport().dial(silent(), null);
    dial.cancel(false);
    assertThat(dial).isCancelled();
  }

  @Test
  void closingTheTransportGivesDialsUp() throws Exception {
    Transport transport = host().transport();
    CompletableFuture<MuxedConnection> dial = transport.dial(silent(), null);
    assertThat(transport.close()).succeedsWithin(10, SECONDS);
    assertThat(dial).failsWithin(10, SECONDS);
  }

  @Test
  void closedTransportDoesNothingMore() throws Exception {
    Host listener = host();
    Multiaddr address = listener.listen(anyPort()).address();
    Transport transport = host().transport();
    assertThat(transport.close()).succeedsWithin(10, SECONDS);
    assertThat(transport.close()).succeedsWithin(10, SECONDS);
    assertFailure(transport.dial(address, null), IOException.class);
  }

  @Test
  void closingOneEndEndsTheOther() throws Exception {
    Pair pair = connected();
    pair.listener().close();
    assertThat(pair.listener().closed().toCompletableFuture()).succeedsWithin(10, SECONDS);
    assertThat(pair.dialer().closed().handle((_, _) -> true).toCompletableFuture())
        .succeedsWithin(10, SECONDS);
    assertThatExceptionOfType(ConnectionClosedException.class)
        .isThrownBy(() -> pair.dialer().open());
  }

  @Test
  void connectionsOutliveTheListener() throws Exception {
    Host listener = host();
    Host dialer = host(SHORT);
    Listener listening = listener.listen(anyPort());
    Pair pair = connect(dialer, listener, listening.address());
    assertThat(listening.close()).succeedsWithin(10, SECONDS);
    assertFailure(dialer.transport().dial(listening.address(), listener.id()), IOException.class);
    exchange(pair.dialer().open(), pair.atListener());
    pair.dialer().close();
  }

  @Test
  void addressOfAListenerThatClosedIsFreeAgain() throws Exception {
    Host host = host();
    Listener first = host.listen(anyPort());
    assertThat(first.close()).succeedsWithin(10, SECONDS);
    assertThat(host.listen(first.address()).address()).isEqualTo(first.address());
  }

  @Test
  void addressesOfOtherKindsAreNotTaken() {
    Transport transport = host().transport();
    for (String text :
        List.of("/dns4/example.com/tcp/1", "/ip4/127.0.0.1/udp/1", "/ip4/127.0.0.1/tcp/1/ws")) {
      Multiaddr address = Multiaddr.parse(text);
      assertThat(transport.dials(address)).isFalse();
      assertThat(transport.listens(address)).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> transport.dial(address, null));
    }
  }

  @Test
  void timersRunOnTheEventLoop() throws Exception {
    Pair pair = connected();
    CompletableFuture<Boolean> blocksRefused = new CompletableFuture<>();
    pair.dialer()
        .executor()
        .execute(
            () -> {
              try {
                EventLoops.refuse();
                blocksRefused.complete(false);
              } catch (IllegalStateException _) {
                blocksRefused.complete(true);
              }
            });
    assertThat(blocksRefused.get(10, SECONDS)).isTrue();
    pair.dialer().close();
  }
}
