package io.github.cachemesh.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DialRankingTest {
  @Test
  void quicComesBeforeTcpByOneStep() {
    assertThat(rank("/ip4/1.2.3.4/tcp/1", "/ip4/1.2.3.4/udp/1/quic-v1"))
        .containsExactly("0 /ip4/1.2.3.4/udp/1/quic-v1", "250 /ip4/1.2.3.4/tcp/1");
  }

  @Test
  void ip6ComesFirstAndIp4Second() {
    assertThat(
            rank(
                "/ip4/1.2.3.4/tcp/1",
                "/ip4/1.2.3.5/tcp/1",
                "/ip6/2600::2/tcp/1",
                "/ip6/2600::1/tcp/1"))
        .containsExactly(
            "0 /ip6/2600::2/tcp/1",
            "250 /ip4/1.2.3.4/tcp/1",
            "500 /ip6/2600::1/tcp/1",
            "500 /ip4/1.2.3.5/tcp/1");
  }

  @Test
  void tcpWaitsForTheLastQuicAddress() {
    assertThat(
            rank(
                "/ip4/1.2.3.4/tcp/1",
                "/ip6/2600::1/tcp/1",
                "/ip4/1.2.3.4/udp/1/quic-v1",
                "/ip6/2600::1/udp/1/quic-v1"))
        .containsExactly(
            "0 /ip6/2600::1/udp/1/quic-v1",
            "250 /ip4/1.2.3.4/udp/1/quic-v1",
            "500 /ip6/2600::1/tcp/1",
            "750 /ip4/1.2.3.4/tcp/1");
  }

  @Test
  void nearAddressesTakeSmallerStepsBesideThePublicOnes() {
    assertThat(
            rank(
                "/ip4/127.0.0.1/tcp/1",
                "/ip4/10.0.0.1/tcp/1",
                "/ip4/10.0.0.1/udp/1/quic-v1",
                "/ip4/100.64.0.1/udp/1/quic-v1",
                "/ip6/fd00::1/tcp/1",
                "/ip4/1.2.3.4/tcp/1"))
        .containsExactly(
            "0 /ip4/127.0.0.1/tcp/1",
            "0 /ip4/10.0.0.1/udp/1/quic-v1",
            "0 /ip4/1.2.3.4/tcp/1",
            "30 /ip4/100.64.0.1/udp/1/quic-v1",
            "60 /ip6/fd00::1/tcp/1",
            "90 /ip4/10.0.0.1/tcp/1");
  }

  @Test
  void relayedAddressesWaitForPublicOnesOnly() {
    String relayed =
        "/ip4/9.9.9.9/tcp/1/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN/p2p-circuit";

    assertThat(rank(relayed, "/ip4/1.2.3.4/tcp/1"))
        .containsExactly("0 /ip4/1.2.3.4/tcp/1", "500 " + relayed);
    assertThat(rank(relayed, "/ip4/10.0.0.1/tcp/1"))
        .containsExactlyInAnyOrder("0 /ip4/10.0.0.1/tcp/1", "0 " + relayed);
  }

  @Test
  void whatIsNeitherQuicNorTcpComesLast() {
    assertThat(rank("/ip4/1.2.3.4/udp/1/webrtc-direct", "/ip4/1.2.3.4/tcp/1"))
        .containsExactly("0 /ip4/1.2.3.4/tcp/1", "1000 /ip4/1.2.3.4/udp/1/webrtc-direct");
  }

  @Test
  void addressesWithoutAnIpAreTriedAtOnce() {
    assertThat(rank("/memory/2", "/memory/1")).containsExactly("0 /memory/2", "0 /memory/1");
  }

  private static List<String> rank(String... addresses) {
    return DialRanking.rank(Arrays.stream(addresses).map(Multiaddr::parse).toList()).stream()
        .map(ranked -> ranked.delay().toMillis() + " " + ranked.address())
        .toList();
  }
}
