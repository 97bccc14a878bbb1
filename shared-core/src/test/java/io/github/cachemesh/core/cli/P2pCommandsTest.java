package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.Libp2p;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class P2pCommandsTest {
  private static Libp2p peer;
  private static Libp2p busyPeer;
  private static String tcp;
  private static String quic;

  @TempDir Path home;

  @BeforeAll
  static void listen() throws IOException {
    peer =
        Libp2p.builder(PrivateKey.generate(KeyType.ED25519))
            .named("network/1", "agent/\u001b[31m2")
            .answeringPerf()
            .build();
    tcp = address(peer, "/ip4/127.0.0.1/tcp/0");
    quic = address(peer, "/ip4/127.0.0.1/udp/0/quic-v1");
    busyPeer = Libp2p.builder(PrivateKey.generate(KeyType.ED25519)).build();
  }

  private static String address(Libp2p peer, String where) throws IOException {
    return peer.host()
        .listen(Multiaddr.parse(where))
        .withPeer(peer.host().id().multihash())
        .toString();
  }

  @AfterAll
  static void close() {
    peer.close();
    busyPeer.close();
  }

  @Test
  void idIsMadeOnceAndKept() throws IOException {
    CommandRun first = CommandRun.of(home, "p2p", "id", "--cache-dir", home.toString());
    CommandRun second = CommandRun.of(home, "p2p", "id", "--cache-dir", home.toString());

    assertThat(first.exitCode()).isZero();
    assertThat(first.out()).contains("12D3KooW").contains("bafz").contains("ED25519");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(Files.getPosixFilePermissions(home.resolve("p2p/identity.key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void keyThatOthersMayReadIsRefused() throws IOException {
    Path key = home.resolve("key");
    CommandRun.of(home, "p2p", "id", "--key", key.toString());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    CommandRun run = CommandRun.of(home, "p2p", "id", "--key", key.toString());

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains(key.toString()).contains("chmod 600");
  }

  @Test
  void fileThatIsNoKeyIsRefused() throws IOException {
    Path key = home.resolve("key");
    CommandRun.of(home, "p2p", "id", "--key", key.toString());
    Files.writeString(key, "something else");

    CommandRun run = CommandRun.of(home, "p2p", "id", "--key", key.toString());

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains(key + " is no private key of libp2p");
  }

  @Test
  void pingMeasuresOverTcpAndQuic() {
    for (String address : new String[] {tcp, quic}) {
      CommandRun run = CommandRun.of(home, "p2p", "ping", "-c", "2", address);

      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out())
          .contains("connected to " + peer.host().id())
          .containsPattern("2: [0-9.]+ ms")
          .contains("2 pings: least");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOISE", "TLS"})
  void securityCanBeChosen(String security) {
    CommandRun run = CommandRun.of(home, "p2p", "ping", "-c", "1", "--security", security, tcp);

    assertThat(run.exitCode()).isZero();
  }

  @Test
  void perfMeasuresBothWays() {
    CommandRun run =
        CommandRun.of(
            home, "p2p", "perf", "--upload", "2", "--download", "3", "--rounds", "1", tcp);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).containsPattern("1 +[0-9.]+ MiB/s +[0-9.]+ MiB/s");
  }

  @Test
  void perfThatIsNotAnsweredIsAnError() throws IOException {
    String address = address(busyPeer, "/ip4/127.0.0.1/tcp/0");

    CommandRun run = CommandRun.of(home, "p2p", "perf", "--rounds", "1", address);

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains("/perf/1.0.0");
  }

  @Test
  void identifyShowsWhatThePeerSaysAndNoControlCharacters() {
    CommandRun run = CommandRun.of(home, "p2p", "identify", tcp);

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains(peer.host().id().toString())
        .contains("agent/?[31m2")
        .contains("network/1")
        .contains("/ipfs/ping/1.0.0")
        .contains("signed its addresses  yes");
  }

  @Test
  void identifyIsJsonWhenAsked() {
    CommandRun run = CommandRun.of(home, "p2p", "identify", "--json", quic);

    assertThat(run.out())
        .contains("\"protocol_version\" : \"network/1\"")
        .contains("\"observed_address\" : \"/ip4/127.0.0.1/udp/");
  }

  @Test
  void otherPeerThanTheAddressNamesIsRefused() {
    String other = tcp.replaceFirst("/p2p/.*", "/p2p/" + busyPeer.host().id());

    CommandRun run = CommandRun.of(home, "p2p", "ping", other);

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).contains(peer.host().id().toString());
  }

  @Test
  void nobodyThereIsAnErrorWithTheAddress() {
    CommandRun run = CommandRun.of(home, "p2p", "ping", "/ip4/127.0.0.1/tcp/1");

    assertThat(run.exitCode()).isOne();
    assertThat(run.err()).startsWith("cachemesh: ").contains("/ip4/127.0.0.1/tcp/1");
  }

  @Test
  void whatIsNoAddressIsWrongUse() {
    CommandRun run = CommandRun.of(home, "p2p", "ping", "127.0.0.1:80");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("MULTIADDR 127.0.0.1:80").contains("/ip4/192.0.2.7/tcp/9000");
  }
}
