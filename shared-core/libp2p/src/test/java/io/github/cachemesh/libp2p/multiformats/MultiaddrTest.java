package io.github.cachemesh.libp2p.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultiaddrTest {
  private static final String PEER = "12D3KooWCryG7Mon9orvQxcS1rYZjotPgpwoJNHHKcLLfE4Hf5mV";
  private static final String OTHER = "QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "04", // no value
        "047f0000", // value too short
        "9102", // no port
        "36", // no length
        "360a612e696f", // length beyond the end
        "36ffffffffffffffff7f61", // length beyond any array
        "3600", // empty name
        "3601ff", // not UTF-8
        "3603610a62", // line feed
        "36032f612f", // name with slashes
        "840003", // code not in its shortest form
        "ff", // code that ends early
        "ffffffffffffffffff01", // code of ten bytes
        "a50300", // empty peer
        "a5030200" + "00", // peer of no bytes
        "a503020011", // peer that is no multihash
        "a50304110212ff", // peer of SHA-1
        "d20301ff", // hash that is none
        "9003022f61" + "06", // component cut off behind a path
        "9003022f61047f000001", // component behind a path
        "900302612f", // relative path
        "9003012f" // root
      })
  void malformedBytesAreRefused(String hex) {
    assertThatIllegalArgumentException().isThrownBy(() -> decode(hex));
  }

  @Test
  void unknownProtocolAndWhatFollowsAreKept() {
    Multiaddr address = decode("047f0000010610e1" + "c0843d" + "0102030405");

    assertThat(address.bytes()).isEqualTo(hex("047f0000010610e1c0843d0102030405"));
    assertThat(address.isKnown()).isFalse();
    assertThat(address.components()).hasSize(2);
    assertThat(address.tcpAddress()).isPresent();
    assertThat(address.toString()).startsWith("/ip4/127.0.0.1/tcp/4321/<unknown c0843d");
    assertThatIllegalArgumentException().isThrownBy(() -> Multiaddr.parse(address.toString()));
  }

  @Test
  void addressesThatDifferOnlyInUnknownPartsAreNotEqual() {
    assertThat(decode("047f000001c0843d01")).isNotEqualTo(decode("047f000001c0843d02"));
  }

  @Test
  void lengthIsBounded() {
    String name = "a".repeat(Multiaddr.MAX_BYTES - 3);
    assertThat(Multiaddr.parse("/dns/" + name).bytes()).hasSize(Multiaddr.MAX_BYTES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse("/dns/" + name + "a"))
        .withMessageContaining("at most 1024");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.decode(new byte[Multiaddr.MAX_BYTES + 1]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse("/dns/" + name).encapsulate(Multiaddr.parse("/ws")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/ip4/1.2.3.4/tcp/1234, /ip4/1.2.3.4, -",
        "/ip4/1.2.3.4, /ip4/1.2.3.4/tcp/1234, /ip4/1.2.3.4",
        "/ip4/1.2.3.5/tcp/1234, /ip4/5.3.2.1, /ip4/1.2.3.5/tcp/1234",
        "/ip4/1.2.3.5/udp/1234/quic-v1, /udp/1234, /ip4/1.2.3.5",
        "/ip4/1.2.3.6/udp/1234/quic-v1, /udp/1234/quic-v1, /ip4/1.2.3.6",
        "/ip4/1.2.3.7/tcp/1234, /ws, /ip4/1.2.3.7/tcp/1234",
        "/dnsaddr/wss.com/tcp/4001, /ws, /dnsaddr/wss.com/tcp/4001",
        "/dnsaddr/wss.com/tcp/4001/ws, /wss, /dnsaddr/wss.com/tcp/4001/ws",
        "/dnsaddr/wss.com/ws, /dnsaddr/wss.com, -",
        "/ip4/1.2.3.4/tcp/1/ip4/1.2.3.4/tcp/1, /tcp/1, /ip4/1.2.3.4/tcp/1/ip4/1.2.3.4"
      })
  void decapsulationTakesAwayTheLastOccurrenceAndWhatFollows(
      String address, String inner, String rest) {
    assertThat(Multiaddr.parse(address).decapsulate(Multiaddr.parse(inner)))
        .isEqualTo(rest == null ? Multiaddr.EMPTY : Multiaddr.parse(rest));
  }

  @Test
  void encapsulationPutsOneAddressAfterTheOther() {
    Multiaddr outer = Multiaddr.parse("/ip4/127.0.0.1/udp/1234");

    assertThat(outer.encapsulate(Multiaddr.parse("/udp/5678")))
        .isEqualTo(Multiaddr.parse("/ip4/127.0.0.1/udp/1234/udp/5678"));
    assertThat(outer.encapsulate(Multiaddr.EMPTY)).isEqualTo(outer);
    assertThat(Multiaddr.EMPTY.encapsulate(outer)).isEqualTo(outer);
  }

  @Test
  void nothingFollowsAPath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse("/unix/a").encapsulate(Multiaddr.parse("/ws")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Multiaddr.of(
                    Component.of(MultiaddrProtocol.UNIX, "/a"),
                    Component.of(MultiaddrProtocol.WS)));
  }

  @Test
  void firstValueOfAProtocolIsFound() {
    Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4/tcp/1/ip4/5.6.7.8/tls");

    assertThat(address.first(MultiaddrProtocol.IP4)).contains("1.2.3.4");
    assertThat(address.first(MultiaddrProtocol.TLS)).contains("");
    assertThat(address.first(MultiaddrProtocol.UDP)).isEmpty();
    assertThat(address.has(MultiaddrProtocol.TLS)).isTrue();
    assertThat(address.has(MultiaddrProtocol.UDP)).isFalse();
  }

  @Test
  void peerIsTheLastComponent() {
    String relayed = "/ip4/1.2.3.4/tcp/1/p2p/" + PEER + "/p2p-circuit";

    assertThat(Multiaddr.parse(relayed).peer()).isEmpty();
    assertThat(Multiaddr.parse(relayed + "/p2p/" + OTHER).peer())
        .map(Multihash::toString)
        .contains(OTHER);
  }

  @Test
  void peerIsReplaced() {
    Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4/tcp/1");
    Multihash peer = Multiaddr.parse("/p2p/" + PEER).peer().orElseThrow();
    Multihash other = Multiaddr.parse("/p2p/" + OTHER).peer().orElseThrow();

    assertThat(address.withPeer(other).withPeer(peer))
        .isEqualTo(Multiaddr.parse("/ip4/1.2.3.4/tcp/1/p2p/" + PEER));
    assertThat(address.withPeer(peer).withoutPeer()).isEqualTo(address);
    assertThat(address.withoutPeer()).isEqualTo(address);
    assertThat(Multiaddr.parse("/p2p/" + PEER).withoutPeer()).isEqualTo(Multiaddr.EMPTY);
  }

  @Test
  void hashThatIsNoPeersIsNotTaken() {
    Multihash sha1 = new Multihash(0x11, new byte[20]);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse("/ip4/1.2.3.4/tcp/1").withPeer(sha1));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 4321, /ip4/127.0.0.1/tcp/4321",
    "::1, 65535, /ip6/::1/tcp/65535",
    "0.0.0.0, 0, /ip4/0.0.0.0/tcp/0"
  })
  void tcpEndpointIsTurnedIntoAnAddressAndBack(String ip, int port, String text) throws Exception {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.getByName(ip), port);

    assertThat(Multiaddr.tcp(endpoint)).hasToString(text);
    assertThat(Multiaddr.parse(text + "/ws").tcpAddress()).contains(endpoint);
    assertThat(Multiaddr.parse(text).udpAddress()).isEmpty();
  }

  @Test
  void quicEndpointIsTurnedIntoAnAddressAndBack() {
    InetSocketAddress endpoint = new InetSocketAddress(InetAddress.getLoopbackAddress(), 443);

    assertThat(Multiaddr.quic(endpoint)).hasToString("/ip4/127.0.0.1/udp/443/quic-v1");
    assertThat(Multiaddr.quic(endpoint).udpAddress()).contains(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dns4/localhost/tcp/1",
        "/tcp/1",
        "/ip4/1.2.3.4",
        "/ip4/1.2.3.4/udp/1/tcp/1",
        "/ip6zone/lo/tcp/1",
        "/ip6zone/lo",
        "/ip6zone/no-such-zone/ip6/fe80::1/tcp/1"
      })
  void addressThatDoesNotBeginWithAnEndpointHasNone(String text) {
    assertThat(Multiaddr.parse(text).tcpAddress()).isEmpty();
  }

  @Test
  void zoneOfThisMachineIsKept() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    byte[] linkLocal = hex("fe800000000000000000000000000001");
    InetSocketAddress endpoint =
        new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, loopback.getIndex()), 1);

    Multiaddr address = Multiaddr.tcp(endpoint);

    assertThat(address).hasToString("/ip6zone/" + loopback.getName() + "/ip6/fe80::1/tcp/1");
    assertThat(((Inet6Address) address.ip().orElseThrow()).getScopeId())
        .isEqualTo(loopback.getIndex());
  }

  @Test
  void zoneWithoutANameIsKeptAsANumber() throws Exception {
    Inet6Address ip =
        Inet6Address.getByAddress(null, hex("fe800000000000000000000000000001"), 1_000_000);

    Multiaddr address = Multiaddr.tcp(new InetSocketAddress(ip, 1));

    assertThat(address).hasToString("/ip6zone/1000000/ip6/fe80::1/tcp/1");
    assertThat(((Inet6Address) address.ip().orElseThrow()).getScopeId()).isEqualTo(1_000_000);
  }

  @Test
  void unresolvedEndpointIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.tcp(InetSocketAddress.createUnresolved("a.invalid", 1)));
  }

  @Test
  void valueThatIsNotTheProtocolsIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Multiaddr.parse("/ip4/127.0.0.1/tcp/65536"))
        .withMessageContaining("tcp 65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Component.of(MultiaddrProtocol.TCP))
        .withMessageContaining("tcp");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Component.of(MultiaddrProtocol.WS, "x"))
        .withMessageContaining("ws");
  }

  @Test
  void addressDoesNotChangeWithTheArraysItGave() {
    Multiaddr address = Multiaddr.parse("/ip4/1.2.3.4");

    address.bytes()[1] = 9;
    address.components().getFirst().bytes()[0] = 9;

    assertThat(address).hasToString("/ip4/1.2.3.4");
  }

  private static Multiaddr decode(String hex) {
    return Multiaddr.decode(hex(hex));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
