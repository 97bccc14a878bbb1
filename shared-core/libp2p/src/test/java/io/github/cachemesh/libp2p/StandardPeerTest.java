package io.github.cachemesh.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.TestPeers.Way;
import io.github.cachemesh.libp2p.core.BufferLeaks;
import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.host.DialException;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.protocol.identify.PeerInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@ExtendWith(BufferLeaks.class)
class StandardPeerTest {
  @ParameterizedTest
  @EnumSource
  void peersIdentifyAndPingEachOther(Way way) throws Exception {
    try (TestPeers peers = new TestPeers(way)) {
      Libp2p server = peers.peer();
      Libp2p client = peers.peer();
      Multiaddr address = peers.listen(server);

      Connection connection = client.host().connect(address);
      PeerInfo info = client.identify().identified(connection).get();

      assertThat(info.peer()).isEqualTo(server.host().id());
      assertThat(info.protocols()).contains(TestPeers.ECHO);
      assertThat(client.ping().ping(connection)).isPositive();
      await().until(() -> server.identify().info(client.host().id()).isPresent());
      assertThat(client.host().addressBook().addresses(server.host().id()))
          .contains(address.withoutPeer());
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyStreamsCarryDataBothWaysAndEndEachWayOnItsOwn(Way way) throws Exception {
    try (TestPeers peers = new TestPeers(way)) {
      Libp2p server = peers.peer();
      Multiaddr address = peers.listen(server);
      Connection connection = peers.peer().host().connect(address);

      List<CompletableFuture<Void>> exchanges =
          IntStream.range(0, 10).mapToObj(seed -> exchange(connection, seed)).toList();

      exchanges.forEach(CompletableFuture::join);
      await().until(() -> connection.streams().isEmpty());
      await().until(() -> server.host().statistics().streams() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherPeerAtTheAddressIsNotTaken(Way way) throws Exception {
    try (TestPeers peers = new TestPeers(way)) {
      Libp2p server = peers.peer();
      Libp2p client = peers.peer();
      Multiaddr wrong = peers.listen(server).withPeer(peers.peer().host().id().multihash());

      assertThatThrownBy(() -> client.host().connect(wrong))
          .isInstanceOf(DialException.class)
          .hasCauseInstanceOf(PeerMismatchException.class);
      assertThat(client.host().connections()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftAfterClose(Way way) throws Exception {
    try (TestPeers peers = new TestPeers(way)) {
      Libp2p server = peers.peer();
      Libp2p client = peers.peer();
      Multiaddr address = peers.listen(server);
      List<Stream> open = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Stream stream = client.host().open(address, List.of(TestPeers.ECHO));
        stream.write(ByteBuffer.wrap(new byte[100]));
        open.add(stream);
      }

      client.close();
      server.close();

      for (Libp2p peer : List.of(client, server)) {
        assertThat(peer.host().statistics().connections()).isZero();
        assertThat(peer.host().statistics().streams()).isZero();
        assertThat(peer.host().statistics().memoryBytes()).isZero();
      }
      assertThat(open).allMatch(stream -> stream.over().toCompletableFuture().isDone());
      assertThat(peers.network().openEnds()).isZero();
    }
    // A thread that has done all its work may still be on its way out.
    await().untilAsserted(() -> assertThat(RunningThreads.named("libp2p")).isEmpty());
  }

  private static CompletableFuture<Void> exchange(Connection connection, int seed) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            byte[] content = new byte[100_000];
            new Random(seed).nextBytes(content);
            assertThat(echo(connection, content)).isEqualTo(content);
            done.complete(null);
          } catch (IOException | AssertionError e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private static byte[] echo(Connection connection, byte[] content) throws IOException {
    try (Stream stream = connection.open(List.of(TestPeers.ECHO))) {
      Thread.startVirtualThread(
          () -> {
            try {
              stream.write(ByteBuffer.wrap(content));
              stream.closeWrite();
            } catch (IOException e) {
              stream.reset(e);
            }
          });
      ByteBuffer answer = ByteBuffer.allocate(content.length + 1);
      while (stream.read(answer) >= 0) {
        // To the end.
      }
      byte[] bytes = new byte[answer.flip().remaining()];
      answer.get(bytes);
      return bytes;
    }
  }
}
