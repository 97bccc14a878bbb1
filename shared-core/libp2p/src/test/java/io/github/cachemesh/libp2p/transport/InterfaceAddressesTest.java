package io.github.cachemesh.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterfaceAddressesTest {
  private static List<String> expand(String listening, InetAddress... addresses)
      throws SocketException {
    return new InterfaceAddresses(() -> List.of(addresses))
        .expand(Multiaddr.parse(listening)).stream().map(Multiaddr::toString).toList();
  }

  private static InetAddress ip(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  @Test
  void certainAddressIsItself() throws Exception {
    assertThat(expand("/ip4/192.0.2.1/tcp/1", ip("192.0.2.9")))
        .containsExactly("/ip4/192.0.2.1/tcp/1");
  }

  @Test
  void unspecifiedAddressStandsForThoseOfItsVersion() throws Exception {
    InetAddress[] all = {ip("127.0.0.1"), ip("::1"), ip("192.0.2.1"), ip("2001:db8::1")};
    assertThat(expand("/ip4/0.0.0.0/tcp/1", all))
        .containsExactly("/ip4/192.0.2.1/tcp/1", "/ip4/127.0.0.1/tcp/1");
    assertThat(expand("/ip6/::/udp/1/quic-v1", all))
        .containsExactly("/ip6/2001:db8::1/udp/1/quic-v1", "/ip6/::1/udp/1/quic-v1");
  }

  @Test
  void linkLocalAddressesOfVersion6AreLeftOut() throws Exception {
    assertThat(expand("/ip6/::/tcp/1", ip("fe80::1"))).isEmpty();
    assertThat(expand("/ip4/0.0.0.0/tcp/1", ip("169.254.1.1"))).hasSize(1);
  }

  @Test
  void numberIsBounded() throws Exception {
    List<InetAddress> many = Collections.nCopies(100, ip("192.0.2.1"));
    assertThat(new InterfaceAddresses(() -> many).expand(Multiaddr.parse("/ip4/0.0.0.0/tcp/1")))
        .hasSize(InterfaceAddresses.MAX_ADDRESSES);
  }

  @Test
  void addressesOfTheMachineAreFound() throws Exception {
    assertThat(InterfaceAddresses.ofMachine().expand(Multiaddr.parse("/ip4/0.0.0.0/tcp/1")))
        .contains(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
  }
}
