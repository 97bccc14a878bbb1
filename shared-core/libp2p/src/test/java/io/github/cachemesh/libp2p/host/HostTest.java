package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PeerRecord;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HostTest {
  private static final Multiaddr HERE = Multiaddr.parse("/memory/7");
  private static final ProtocolId OTHER = new ProtocolId("/other/1");
  private static final Duration SHORT = Duration.ofMillis(50);

  private final TestHosts hosts = new TestHosts();

  @AfterEach
  void closeHosts() {
    hosts.close();
  }

  @Test
  void aStreamReachesTheHandlerOfItsProtocol() throws IOException {
    Host server = hosts.echo(HERE);

    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    assertThat(TestHosts.ask(connection, "hello")).isEqualTo("hello");
  }

  @Test
  void thePeerIdAtTheEndOfAnAddressIsWhoIsExpectedThere() throws IOException {
    Host server = hosts.echo(HERE);

    Connection connection = hosts.host().connect(HERE.withPeer(server.id().multihash()));
    assertThat(connection.remotePeer()).isEqualTo(server.id());

    PeerId stranger = hosts.host().id();
    assertThatThrownBy(() -> hosts.host().connect(HERE.withPeer(stranger.multihash())))
        .isInstanceOf(DialException.class)
        .hasMessageContaining("another peer");
  }

  @Test
  void anAddressWithoutPeerIdReachesWhoeverIsThere() throws IOException {
    Host server = hosts.echo(HERE);

    assertThat(hosts.host().connect(HERE).remotePeer()).isEqualTo(server.id());
  }

  @Test
  void theFirstProtocolThatBothSpeakIsTaken() throws IOException {
    Host server = hosts.echo(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    try (Stream stream = connection.open(List.of(OTHER, TestHosts.ECHO))) {
      assertThat(stream.protocol()).isEqualTo(TestHosts.ECHO);
      assertThat(TestHosts.ask(stream, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void withoutACommonProtocolOpeningFails() throws IOException {
    Host server = hosts.echo(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    assertThatThrownBy(() -> connection.open(List.of(OTHER, new ProtocolId("/third"))))
        .isInstanceOf(NegotiationException.class);
    assertNoStreams(connection);
  }

  @Test
  void withASingleProtocolTheRefusalShowsWithTheFirstRead() throws IOException {
    Host server = hosts.echo(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    Stream stream = connection.open(List.of(OTHER));

    assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
        .isInstanceOf(NegotiationException.class);
    assertNoStreams(connection);
  }

  @Test
  void aPeerThatDoesNotNegotiateIsGivenUp() throws IOException {
    Host server = hosts.host(settings -> settings.streams = withNegotiations(1));
    server.listen(HERE);
    Host client = hosts.host(settings -> settings.times = new StreamSettings(SHORT, SHORT));
    Connection connection = client.connect(server.id(), List.of(HERE));
    // What takes the only place proposes nothing for as long as it lives.
    hosts.network.connections().getFirst().open();
    await().until(() -> server.statistics().streams() == 1);

    assertThatThrownBy(() -> connection.open(List.of(OTHER, TestHosts.ECHO)))
        .isInstanceOf(IOException.class);
    assertThat(server.statistics().refusals()).containsEntry(Limit.STREAM_NEGOTIATIONS, 1L);
  }

  @Test
  void aStreamThatProposesNothingIsResetInTime() throws IOException {
    Host server = hosts.host(settings -> settings.times = new StreamSettings(SHORT, SHORT));
    server.listen(HERE);
    hosts.host().connect(server.id(), List.of(HERE));

    FakeStream silent = (FakeStream) hosts.network.connections().getFirst().open();

    assertThatThrownBy(() -> silent.read(ByteBuffer.allocate(1)))
        .isInstanceOf(StreamResetException.class);
    await().until(() -> server.statistics().streams() == 0);
  }

  @Test
  void aPeerThatTakesNoStreamIsGivenUp() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host(settings -> settings.times = new StreamSettings(SHORT, SHORT));
    Connection connection = client.connect(server.id(), List.of(HERE));
    hosts.network.connections().getFirst().stick();

    assertThatThrownBy(() -> connection.open(List.of(TestHosts.ECHO)))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("no new stream");
    assertThat(Thread.interrupted()).isFalse();
    assertThat(client.statistics().streams()).isZero();
  }

  @Test
  void aStreamIsResetAtItsDeadline() throws IOException {
    Host server = hosts.echo(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));
    Stream stream = connection.open(List.of(TestHosts.ECHO));
    stream.write(ByteBuffer.wrap(new byte[1]));
    stream.read(ByteBuffer.allocate(1));

    stream.deadline(SHORT);

    assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("PT0.05S");
    assertNoStreams(connection);
  }

  @Test
  void aLaterDeadlineReplacesAnEarlier() throws IOException {
    Host server = hosts.echo(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));
    Stream stream = connection.open(List.of(TestHosts.ECHO));

    stream.deadline(SHORT);
    stream.deadline(Duration.ofMinutes(1));
    CompletableFuture<Void> later = new CompletableFuture<>();
    hosts.network.loop().schedule(() -> later.complete(null), 100, TimeUnit.MILLISECONDS);
    later.join();

    assertThat(TestHosts.ask(stream, "hello")).isEqualTo("hello");
  }

  @Test
  void aPeerThatDoesNotEndAClosedStreamIsResetInTime() throws IOException {
    Host server = hosts.host();
    CountDownLatch end = new CountDownLatch(1);
    server.handle(OTHER, _ -> awaitLatch(end));
    server.listen(HERE);
    Host client = hosts.host(settings -> settings.times = new StreamSettings(SHORT, SHORT));
    Connection connection = client.connect(server.id(), List.of(HERE));
    Stream stream = connection.open(List.of(OTHER));
    stream.write(ByteBuffer.wrap(new byte[1]));

    stream.close();

    assertNoStreams(connection);
    end.countDown();
  }

  @Test
  void aHandlerThatThrowsResetsItsStreamOnly() throws IOException {
    Host server = hosts.echo(HERE);
    server.handle(
        OTHER,
        _ -> {
          throw new IllegalStateException("secret");
        });
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    Stream stream = connection.open(List.of(OTHER));
    assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
        .isInstanceOf(StreamResetException.class);

    assertThat(TestHosts.ask(connection, "hello")).isEqualTo("hello");
  }

  @Test
  void whenAHandlerReturnsItsStreamIsClosed() throws IOException {
    Host server = hosts.host();
    server.handle(OTHER, _ -> {});
    server.listen(HERE);
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));

    try (Stream stream = connection.open(List.of(OTHER))) {
      assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
    assertNoStreams(connection);
    await().until(() -> server.statistics().streams() == 0);
  }

  @Test
  void streamsBeyondTheLimitAreRefusedAndCounted() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host(settings -> settings.streams = new StreamLimits(9, 9, 9, 9, 1, 9, 9));
    Connection connection = client.connect(server.id(), List.of(HERE));

    try (Stream stream = connection.open(List.of(TestHosts.ECHO))) {
      assertThatThrownBy(() -> connection.open(List.of(TestHosts.ECHO)))
          .isInstanceOf(LimitExceededException.class)
          .hasMessage("there are 1 outbound streams to a peer, the limit");
      assertThat(TestHosts.ask(stream, "hello")).isEqualTo("hello");
    }
    assertNoStreams(connection);
    assertThat(TestHosts.ask(connection, "again")).isEqualTo("again");
    assertThat(client.statistics().refusals()).containsEntry(Limit.OUTBOUND_PEER_STREAMS, 1L);
  }

  @Test
  void connectionsBeyondTheLimitAreRefusedAndCounted() throws IOException {
    Host server =
        hosts.echo(
            HERE, settings -> settings.connections = ConnectionLimits.DEFAULTS.withConnections(1));
    Connection first = hosts.host().connect(server.id(), List.of(HERE));

    assertThatThrownBy(() -> hosts.host().connect(server.id(), List.of(HERE)))
        .isInstanceOf(DialException.class);
    assertThat(server.statistics().refusals()).containsEntry(Limit.INBOUND_CONNECTIONS, 1L);

    first.close();
    await().until(() -> server.statistics().connections() == 0);
    assertThat(hosts.host().connect(server.id(), List.of(HERE)).isOpen()).isTrue();
  }

  @Test
  void aHostDoesNotDialItself() throws IOException {
    Host host = hosts.echo(HERE);

    assertThatThrownBy(() -> host.connect(host.id(), List.of(HERE)))
        .isInstanceOf(DialException.class)
        .hasMessage("a host does not dial itself");
    assertThatThrownBy(() -> host.connect(HERE))
        .isInstanceOf(DialException.class)
        .hasMessage("that address is the host's own");
    await().until(() -> host.statistics().connections() == 0);
  }

  @Test
  void theConnectionThatIsThereIsUsed() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host();

    assertThat(client.connect(server.id(), List.of(HERE))).isSameAs(client.connect(server.id()));
    await().until(() -> !server.connections(client.id()).isEmpty());
    try (Stream stream = server.connect(client.id()).open(List.of(OTHER, TestHosts.ECHO))) {
      throw new AssertionError(stream + " was opened though the client answers nothing");
    } catch (NegotiationException e) {
      assertThat(hosts.network.dialed()).hasSize(1);
    }
  }

  @Test
  void twoHostsThatDialEachOtherAtOnceKeepBothConnections() throws IOException {
    Multiaddr there = Multiaddr.parse("/memory/8");
    Host a = hosts.echo(HERE);
    Host b = hosts.echo(there);
    CompletableFuture<Void> toA = hosts.network.gate(HERE);
    CompletableFuture<Void> toB = hosts.network.gate(there);
    CompletableFuture<Connection> ab = async(() -> a.connect(b.id(), List.of(there)));
    CompletableFuture<Connection> ba = async(() -> b.connect(a.id(), List.of(HERE)));
    await().until(() -> hosts.network.dialed().size() == 2);

    toA.complete(null);
    toB.complete(null);

    assertThat(TestHosts.ask(ab.join(), "to b")).isEqualTo("to b");
    assertThat(TestHosts.ask(ba.join(), "to a")).isEqualTo("to a");
    await().until(() -> a.connections(b.id()).size() == 2 && b.connections(a.id()).size() == 2);
  }

  @Test
  void aStreamIsOpenedOnANewConnectionWhenTheOldOneIsClosed() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host();
    client.connect(server.id(), List.of(HERE)).close();

    try (Stream stream = client.open(server.id(), List.of(TestHosts.ECHO))) {
      assertThat(TestHosts.ask(stream, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void eventsComeInTheOrderOfWhatHappened() throws IOException {
    List<HostEvent> events = Collections.synchronizedList(new ArrayList<>());
    Host server = hosts.host();
    server.subscribe(events::add);
    server.handle(OTHER, _ -> {});
    server.listen(HERE);
    server.addExternalAddress(Multiaddr.parse("/memory/9"));
    Connection connection = hosts.host().connect(server.id(), List.of(HERE));
    await().until(() -> server.statistics().connections() == 1);
    Connection atServer = server.connections().getFirst();
    connection.close();

    await().until(() -> events.size() == 6);
    assertThat(events)
        .containsExactly(
            new HostEvent.ProtocolsChanged(Set.of(OTHER)),
            new HostEvent.Listening(HERE),
            new HostEvent.AddressesChanged(List.of(HERE)),
            new HostEvent.AddressesChanged(List.of(HERE, Multiaddr.parse("/memory/9"))),
            new HostEvent.Connected(atServer),
            new HostEvent.Disconnected(atServer, true));
  }

  @Test
  void aProtocolHasOneHandler() {
    Host host = hosts.host();
    host.handle(OTHER, _ -> {});

    assertThatIllegalStateException().isThrownBy(() -> host.handle(OTHER, _ -> {}));
    assertThat(host.unhandle(OTHER)).isTrue();
    assertThat(host.unhandle(OTHER)).isFalse();
    assertThat(host.protocols()).isEmpty();
  }

  @Test
  void itsSignedRecordFollowsItsAddresses() throws IOException {
    Host host = hosts.host();
    PeerRecord before = PeerRecord.of(host.signedRecord());
    assertThat(host.signedRecord()).isEqualTo(host.signedRecord());

    host.listen(HERE);
    PeerRecord after = PeerRecord.of(host.signedRecord());

    assertThat(after.addresses()).containsExactly(HERE);
    assertThat(after.isNewerThan(before.sequence())).isTrue();
  }

  @Test
  void blockingCallsAreRefusedOnAnEventLoop() {
    Host host = hosts.host();

    assertThatThrownBy(() -> hosts.network.loop().submit(() -> host.connect(HERE)).get())
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void afterCloseNothingCanBeStarted() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host();
    Connection connection = client.connect(server.id(), List.of(HERE));

    client.close();
    client.close();

    assertThat(connection.isOpen()).isFalse();
    assertThatThrownBy(() -> client.connect(server.id()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> client.listen(Multiaddr.parse("/memory/8")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> connection.open(List.of(OTHER)))
        .isInstanceOf(ConnectionClosedException.class);
    await().until(() -> server.statistics().connections() == 0);
  }

  @Test
  void closeTellsOfEachConnectionThatEnds() throws IOException {
    Host server = hosts.echo(HERE);
    Host client = hosts.host();
    List<HostEvent> events = Collections.synchronizedList(new ArrayList<>());
    client.subscribe(events::add);
    client.connect(server.id(), List.of(HERE));

    client.close();

    assertThat(events).hasSize(2).last().isInstanceOf(HostEvent.Disconnected.class);
  }

  @Test
  void closeEndsADialAndWhoeverWaitsForIt() throws IOException {
    hosts.network.gate(HERE);
    Host client = hosts.host();
    CompletableFuture<Connection> dial =
        async(() -> client.connect(hosts.host().id(), List.of(HERE)));
    await().until(() -> !hosts.network.dialed().isEmpty());

    client.close();

    assertThatThrownBy(dial::join).hasRootCauseMessage("the host is closed");
    assertThat(hosts.network.givenUp()).containsExactly(HERE);
  }

  @Test
  void closeInterruptsAHandlerThatDoesNotEndWithItsStream() throws IOException {
    Host server = hosts.host();
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch started = new CountDownLatch(1);
    server.handle(
        OTHER,
        _ -> {
          started.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException _) {
            interrupted.countDown();
          }
        });
    server.listen(HERE);
    Stream stream = hosts.host().open(HERE.withPeer(server.id().multihash()), List.of(OTHER));
    stream.write(ByteBuffer.wrap(new byte[1]));
    awaitLatch(started);

    server.close();

    assertThat(interrupted.getCount()).isZero();
  }

  private static StreamLimits withNegotiations(int count) {
    StreamLimits some = StreamLimits.DEFAULTS;
    return new StreamLimits(
        some.all(),
        some.inbound(),
        some.outbound(),
        some.inboundPerPeer(),
        some.outboundPerPeer(),
        some.perProtocol(),
        count);
  }

  private static void assertNoStreams(Connection connection) {
    await().until(() -> connection.streams().isEmpty());
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static <T> CompletableFuture<T> async(Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(call.call());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }
}
