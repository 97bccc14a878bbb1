package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DialingTest {
  private static final Multiaddr QUIC = Multiaddr.parse("/ip4/1.2.3.4/udp/1/quic-v1");
  private static final Multiaddr TCP = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
  private static final Multiaddr NAME = Multiaddr.parse("/dns4/example.com/tcp/1");

  private final TestHosts hosts = new TestHosts();

  @AfterEach
  void closeHosts() {
    hosts.close();
  }

  @Test
  void whatDoesNotAnswerIsOvertakenAndGivenUp() throws IOException {
    hosts.network.gate(QUIC);
    Host server = hosts.echo(TCP);

    Connection connection = hosts.host().connect(server.id(), List.of(TCP, QUIC));

    assertThat(connection.remoteAddress()).isEqualTo(TCP);
    assertThat(hosts.network.dialed()).containsExactly(QUIC, TCP);
    await().until(() -> hosts.network.givenUp().equals(List.of(QUIC)));
  }

  @Test
  void aConnectionThatComesTooLateIsClosed() throws IOException {
    CompletableFuture<Void> quic = hosts.network.gate(QUIC);
    CompletableFuture<Void> tcp = hosts.network.gate(TCP);
    Host server = hosts.echo(TCP);
    server.listen(QUIC);
    Host client = hosts.host();
    CompletableFuture<Connection> dial =
        async(() -> client.connect(server.id(), List.of(TCP, QUIC)));
    await().until(() -> hosts.network.dialed().size() == 2);

    hosts
        .network
        .loop()
        .execute(
            () -> {
              quic.complete(null);
              tcp.complete(null);
            });

    dial.join();
    await().until(() -> client.statistics().connections() == 1);
    await().until(() -> server.statistics().connections() == 1);
  }

  @Test
  void theNextAddressIsTriedAtOnceWhenOneFails() throws IOException {
    Host server = hosts.echo(TCP);

    long start = System.nanoTime();
    hosts.host().connect(server.id(), List.of(TCP, QUIC));

    assertThat(hosts.network.dialed()).containsExactly(QUIC, TCP);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(DialRanking.PUBLIC_STEP);
  }

  @Test
  void whoeverWantsThePeerWaitsForTheOneDial() throws IOException {
    CompletableFuture<Void> gate = hosts.network.gate(TCP);
    Host server = hosts.echo(TCP);
    Host client = hosts.host();
    client.addressBook().add(server.id(), List.of(TCP), AddressBook.HEARD_OF);
    List<CompletableFuture<Connection>> dials =
        IntStream.range(0, 10).mapToObj(_ -> async(() -> client.connect(server.id()))).toList();
    await().until(() -> !hosts.network.dialed().isEmpty());

    gate.complete(null);

    assertThat(dials.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(hosts.network.dialed()).containsExactly(TCP);
  }

  @Test
  void whoJoinsADialBringsItsAddresses() throws IOException {
    hosts.network.gate(QUIC);
    Host server = hosts.echo(TCP);
    Host client = hosts.host();
    CompletableFuture<Connection> first = async(() -> client.connect(server.id(), List.of(QUIC)));
    await().until(() -> !hosts.network.dialed().isEmpty());

    Connection second = client.connect(server.id(), List.of(TCP));

    assertThat(first.join()).isSameAs(second);
  }

  @Test
  void whoIsInterruptedDoesNotEndTheDialOfOthers() throws Exception {
    CompletableFuture<Void> gate = hosts.network.gate(TCP);
    Host server = hosts.echo(TCP);
    Host client = hosts.host();
    AtomicReference<IOException> thrown = new AtomicReference<>();
    Thread impatient =
        Thread.startVirtualThread(
            () -> {
              try {
                client.connect(server.id(), List.of(TCP));
              } catch (IOException e) {
                thrown.set(e);
              }
            });
    await().until(() -> !hosts.network.dialed().isEmpty());
    CompletableFuture<Connection> patient = async(() -> client.connect(server.id()));

    impatient.interrupt();
    impatient.join();
    gate.complete(null);

    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
    assertThat(patient.join().isOpen()).isTrue();
    assertThat(hosts.network.dialed()).containsExactly(TCP);
  }

  @Test
  void theFailureSaysWhyForEachAddress() {
    Host client = hosts.host();

    assertThatThrownBy(() -> client.connect(hosts.host().id(), List.of(TCP, QUIC)))
        .isInstanceOf(DialException.class)
        .hasMessageContaining(TCP + ": connection refused")
        .hasMessageContaining(QUIC + ": connection refused");
  }

  @Test
  void aPeerWithoutAddressesCannotBeReached() {
    assertThatThrownBy(() -> hosts.host().connect(hosts.host().id()))
        .isInstanceOf(DialException.class)
        .hasMessageStartingWith("no address of");
  }

  @Test
  void anAddressThatFailedIsLeftAloneForAWhile() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    Host server = hosts.host();
    Host client = hosts.host(settings -> settings.clock = now::get);
    assertThatThrownBy(() -> client.connect(server.id(), List.of(TCP)))
        .hasMessageContaining("connection refused");
    server.listen(TCP);

    assertThatThrownBy(() -> client.connect(server.id(), List.of(TCP)))
        .isInstanceOf(DialException.class)
        .hasMessageContaining("left alone for another PT5S");
    assertThat(hosts.network.dialed()).hasSize(1);

    now.set(Instant.EPOCH.plusSeconds(5));
    assertThat(client.connect(server.id(), List.of(TCP)).isOpen()).isTrue();
  }

  @Test
  void noMoreAddressesAreTriedAtATimeThanTheSettingsSay() {
    Host client =
        hosts.host(
            settings ->
                settings.dialing =
                    new DialSettings(
                        3, 2, Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofDays(1)));
    List<CompletableFuture<Void>> gates = new ArrayList<>();
    List<CompletableFuture<Connection>> dials = new ArrayList<>();
    for (int peer = 0; peer < 2; peer++) {
      List<Multiaddr> addresses = new ArrayList<>();
      for (int i = 1; i <= 3; i++) {
        Multiaddr address = Multiaddr.parse("/memory/" + (100 * (peer + 1) + i));
        addresses.add(address);
        gates.add(hosts.network.gate(address));
      }
      Host server = hosts.host();
      dials.add(async(() -> client.connect(server.id(), addresses)));
    }
    await().during(Duration.ofMillis(100)).until(() -> hosts.network.dialed().size() == 3);

    gates.forEach(gate -> gate.complete(null));

    dials.forEach(dial -> assertThatThrownBy(dial::join).hasCauseInstanceOf(DialException.class));
    assertThat(hosts.network.dialed()).hasSize(6);
  }

  @Test
  void noMorePeersAreDialedAtATimeThanTheLimit() {
    hosts.network.gate(TCP);
    Host client =
        hosts.host(settings -> settings.connections = new ConnectionLimits(9, 9, 9, 9, 9, 9, 1));
    async(() -> client.connect(hosts.host().id(), List.of(TCP)));
    await().until(() -> !hosts.network.dialed().isEmpty());

    assertThatThrownBy(() -> client.connect(TCP))
        .isInstanceOf(LimitExceededException.class)
        .hasMessageContaining("peers being dialed");
  }

  @Test
  void aDialEndsInTime() {
    hosts.network.gate(TCP);
    Host client =
        hosts.host(
            settings ->
                settings.dialing =
                    new DialSettings(
                        9, 9, Duration.ofMillis(50), Duration.ofSeconds(1), Duration.ofDays(1)));

    assertThatThrownBy(() -> client.connect(hosts.host().id(), List.of(TCP)))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("PT0.05S");
    assertThat(hosts.network.givenUp()).containsExactly(TCP);
  }

  @Test
  void namesAreResolved() throws IOException {
    Host server = hosts.echo(TCP);
    Host client = hosts.host(settings -> settings.resolver = _ -> List.of(TCP));

    assertThat(client.connect(server.id(), List.of(NAME)).remoteAddress()).isEqualTo(TCP);
  }

  @Test
  void otherAddressesDoNotWaitForANameThatIsSlow() throws IOException {
    CompletableFuture<Void> tcp = hosts.network.gate(TCP);
    Host server = hosts.echo(TCP);
    CountDownLatch interrupted = new CountDownLatch(1);
    Host client =
        hosts.host(
            settings ->
                settings.resolver =
                    _ -> {
                      // Whoever is overtaken before it has begun need not be interrupted.
                      tcp.complete(null);
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException _) {
                        interrupted.countDown();
                      }
                      throw new InterruptedIOException("interrupted");
                    });

    assertThat(client.connect(server.id(), List.of(NAME, TCP)).remoteAddress()).isEqualTo(TCP);
    await().until(() -> interrupted.getCount() == 0);
  }

  @Test
  void aNameThatCannotBeResolvedIsAReason() {
    assertThatThrownBy(() -> hosts.host().connect(hosts.host().id(), List.of(NAME)))
        .isInstanceOf(DialException.class)
        .hasMessageContaining(NAME + ": no names here");
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
