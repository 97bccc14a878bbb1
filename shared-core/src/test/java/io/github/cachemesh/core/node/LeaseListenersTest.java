package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.cachemesh.core.stats.StatisticsReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners come and go with the lease that they were opened for. */
@Timeout(30)
class LeaseListenersTest {
  private static final String GATEWAY = "127.0.0.2";

  @TempDir Path folder;
  private Path cache;
  private Path temp;
  private Path socket;
  private CacheNode node;
  private NodeClient client;

  @BeforeEach
  void start() throws Exception {
    cache = folder.resolve("cache");
    temp = Files.createDirectory(folder.resolve("temp"));
    socket = temp.resolve("api.sock");
    startNode(Clock.systemUTC());
  }

  private void startNode(Clock clock) throws Exception {
    node = TestNodes.start(cache, "n", null, new FixedUpstream(), clock);
    client = NodeClient.of(node.state(), Duration.ofSeconds(10));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private LeaseRequest request() {
    return LeaseRequest.of("r1").withSocket(socket).withGateway(GATEWAY).withGh(temp.resolve("gh"));
  }

  private static void get(String baseUrl) throws IOException, InterruptedException {
    assertThat(TestNodes.send(URI.create(baseUrl + "/repos/o/r"), "GET").body())
        .isEqualTo(FixedUpstream.BODY);
  }

  private void assertThatSocketAnswers() throws IOException {
    assertThat(RawRequest.answer(socket, "GET /repos/o/r")).endsWith(FixedUpstream.BODY);
  }

  private static void assertThatNobodyAnswers(String baseUrl) {
    assertThatIOException().isThrownBy(() -> get(baseUrl));
  }

  @Test
  void listenersOfALeaseAnswerUntilItIsReleased() throws Exception {
    Lease lease = client.acquireLease(request());
    assertThat(lease.socket()).isEqualTo(socket.toString());
    assertThatSocketAnswers();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    get(lease.gatewayUrl());

    client.releaseLease("r1");
    assertThat(temp).isEmptyDirectory();
    assertThatNobodyAnswers(lease.gatewayUrl());
  }

  @Test
  void leaseMayBeReleasedOverItsOwnSocket() throws Exception {
    client.acquireLease(request());
    assertThat(RawRequest.answer(socket, "DELETE /_cachemesh/leases/r1"))
        .startsWith("HTTP/1.1 200 ")
        .contains("\"savings\"");
    assertThat(socket).doesNotExist();
  }

  @Test
  void equalRequestFindsTheListenersOpen() throws Exception {
    Lease lease = client.acquireLease(request());
    assertThat(client.acquireLease(request())).isEqualTo(lease);
    get(lease.gatewayUrl());
  }

  @Test
  void socketThatTheRunnerRemovedIsMadeAgain() throws Exception {
    Lease killed = client.acquireLease(request());
    Files.delete(socket);

    Lease next = client.acquireLease(request());
    assertThatSocketAnswers();
    get(next.gatewayUrl());
    assertThatNobodyAnswers(killed.gatewayUrl());
  }

  @Test
  void otherRequestOfTheRunnerReplacesItsListeners() throws Exception {
    Lease first = client.acquireLease(request());
    Path other = temp.resolve("other.sock");
    Lease second = client.acquireLease(request().withSocket(other));

    assertThat(second.leases()).isOne();
    assertThat(temp).isDirectoryNotContaining(file -> file.equals(socket));
    assertThat(other).exists();
    assertThatNobodyAnswers(first.gatewayUrl());
    get(second.gatewayUrl());
  }

  @Test
  void runnersHaveListenersOfTheirOwn() throws Exception {
    Lease first = client.acquireLease(LeaseRequest.of("r1").withGateway(GATEWAY));
    Lease second = client.acquireLease(LeaseRequest.of("r2").withGateway(GATEWAY));
    client.releaseLease("r1");

    assertThatNobodyAnswers(first.gatewayUrl());
    get(second.gatewayUrl());
  }

  @Test
  void ipv6GatewayIsWrittenAsAnUrlWantsIt() throws Exception {
    Lease lease = client.acquireLease(LeaseRequest.of("r1").withGateway("::1"));
    assertThat(lease.gatewayUrl()).startsWith("http://[0:0:0:0:0:0:0:1]:");
    get(lease.gatewayUrl());
  }

  @Test
  void addressOfAnotherMachineIsNamedAndLeavesNoLease() throws Exception {
    client.acquireLease(request());
    assertThatThrownBy(() -> client.acquireLease(request().withGateway("192.0.2.1")))
        .isInstanceOf(IOException.class)
        .message()
        .contains("192.0.2.1")
        .doesNotContainPattern("[0-9a-f]{32}");
    assertThat(client.releaseLease("r1")).isEmpty();
    assertThat(temp).isEmptyDirectory();
    assertThat(client.stopIfUnused()).isTrue();
  }

  @Test
  void socketOfAnotherLeaseIsLeftAlone() throws Exception {
    client.acquireLease(request());
    assertThatIOException()
        .isThrownBy(() -> client.acquireLease(LeaseRequest.of("r2").withSocket(socket)))
        .withMessageContaining("another process listens on socket " + socket);
    assertThatSocketAnswers();
  }

  /** A reply is counted right after it is written. */
  private void awaitCounted(long requests) {
    await()
        .until(
            () -> StatisticsReport.parse(client.stats().body()).cachemesh().requests() == requests);
  }

  @Test
  void savingsAreThoseSinceTheLeaseAndAreKept() throws Exception {
    get(node.state().url());
    awaitCounted(1);
    Lease lease = client.acquireLease(request());
    get(lease.gatewayUrl());
    client.acquireLease(request());
    get(lease.gatewayUrl());
    awaitCounted(3);

    StatisticsReport savings = client.releaseLease("r1").orElseThrow().savings();
    assertThat(savings.cachemesh().requests()).isEqualTo(2);
    Path file = Path.of(lease.statsFile());
    assertThat(file).isEqualTo(cache.resolve("jobs/r1.json")).content().endsWith("}\n");
    assertThat(StatisticsReport.parse(Files.readString(file))).isEqualTo(savings);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void savingsThatCannotBeWrittenAreToldAnyway() throws Exception {
    Files.createDirectories(cache);
    Files.writeString(cache.resolve("jobs"), "no folder");
    client.acquireLease(request());
    assertThat(client.releaseLease("r1")).isPresent();
  }

  @Test
  void listenersOfALeaseThatIsOverAreClosed() throws Exception {
    node.close();
    var now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    InstantSource clock = now::get;
    startNode(clock.withZone(ZoneOffset.UTC));
    Lease lease = client.acquireLease(request());
    now.updateAndGet(taken -> taken.plus(Leases.MAX_AGE).plusNanos(1));

    assertThat(client.leases().body()).isEqualTo("{\"leases\":0,\"runners\":[]}");
    assertThat(socket).doesNotExist();
    assertThatNobodyAnswers(lease.gatewayUrl());
  }

  private Path leaseFile() {
    return cache.resolve("nodes/n/leases.json");
  }

  /** Ends the node and puts back what a crash would have left. */
  private void crash() throws IOException {
    byte[] leases = Files.readAllBytes(leaseFile());
    node.close();
    assertThat(leaseFile().getParent()).doesNotExist();
    Files.createDirectory(leaseFile().getParent());
    Files.write(leaseFile(), leases);
  }

  @Test
  void nodeThatFollowsACrashOpensTheSameListeners() throws Exception {
    Lease lease = client.acquireLease(request());
    crash();
    startNode(Clock.systemUTC());

    assertThat(node.followsCrash()).isTrue();
    assertThatSocketAnswers();
    get(lease.gatewayUrl());
    assertThat(client.acquireLease(request()).gatewayUrl()).isEqualTo(lease.gatewayUrl());
    awaitCounted(2);
    assertThat(client.releaseLease("r1").orElseThrow().savings().cachemesh().requests())
        .isEqualTo(2);
  }

  @Test
  void leaseGoesOnWithoutAListenerWhosePortIsTaken() throws Exception {
    Lease lease = client.acquireLease(request());
    crash();
    int port = URI.create(lease.gatewayUrl()).getPort();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.ofLiteral(GATEWAY))) {
      startNode(Clock.systemUTC());
      assertThatSocketAnswers();
      assertThat(new NodeFolder(cache).leases("n"))
          .singleElement()
          .extracting(HeldLease::gatewayUrl)
          .isNull();
      assertThat(client.acquireLease(request()).gatewayUrl()).doesNotContain(":" + port + "/");
    }
  }

  @Test
  void supervisorReadsWhereTheJobsToolsAre() throws Exception {
    client.acquireLease(request());
    client.acquireLease(LeaseRequest.of("r2"));

    assertThat(new NodeFolder(cache).leases("n"))
        .extracting(HeldLease::runner, HeldLease::socket, HeldLease::gh)
        .containsExactly(
            tuple("r1", socket.toString(), temp.resolve("gh").toString()), tuple("r2", null, null));
    assertThat(new NodeFolder(cache).leases("other")).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(leaseFile())))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[{\"runner\":\"../r\",\"since\":\"2026-01-01T00:00:00Z\"}]",
        "[{\"runner\":\"r\"}]",
        "[{\"runner\":\"r\",\"since\":\"2026-01-01T00:00:00Z\",\"gateway_url\":\"x\"}]"
      })
  void fileThatIsNoListOfLeasesIsIgnored(String content) throws Exception {
    node.close();
    Files.createDirectories(leaseFile().getParent());
    Files.writeString(leaseFile(), content);
    startNode(Clock.systemUTC());

    assertThat(node.followsCrash()).isFalse();
    assertThat(client.acquireLease(request()).leases()).isOne();
  }

  @Test
  void leaseGoesOnWithoutAListenerThatNoMachineCanHave() throws Exception {
    node.close();
    Files.createDirectories(leaseFile().getParent());
    Files.writeString(
        leaseFile(),
        """
        [{"runner":"r1","since":"%s","gateway_url":"http://999.1.1.1:1/%s"}]
        """
            .formatted(Instant.now(), "0".repeat(32)));
    startNode(Clock.systemUTC());

    assertThat(client.releaseLease("r1")).isPresent();
  }

  @Test
  void secretIsInNoText() throws Exception {
    Lease lease = client.acquireLease(request());
    String secret = URI.create(lease.gatewayUrl()).getPath().substring(1);

    assertThat(lease.toString()).doesNotContain(secret);
    assertThat(new NodeFolder(cache).leases("n").toString()).doesNotContain(secret);
  }
}
