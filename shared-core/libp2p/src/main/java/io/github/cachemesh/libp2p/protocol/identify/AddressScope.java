package io.github.cachemesh.libp2p.protocol.identify;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.net.InetAddress;
import java.util.List;

/**
 * Which addresses concern a peer: those of the machine itself mean another machine to a peer
 * elsewhere.
 */
final class AddressScope {
  private AddressScope() {}

  /**
   * @param remote where the other end of the connection is
   */
  static List<Multiaddr> between(List<Multiaddr> addresses, Multiaddr remote) {
    if (remote.ip().isEmpty() || isLoopback(remote)) {
      return addresses;
    }
    return addresses.stream().filter(address -> !isLoopback(address)).toList();
  }

  private static boolean isLoopback(Multiaddr address) {
    return address.ip().filter(InetAddress::isLoopbackAddress).isPresent();
  }
}
