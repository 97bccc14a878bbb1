package io.github.cachemesh.libp2p.transport.quic;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;

/**
 * The address that packets to a peer leave from, which a socket for all addresses does not tell.
 */
final class LocalAddress {
  private LocalAddress() {}

  /**
   * Asks the system's routes, without sending anything.
   *
   * @param socket what the socket is bound to, which is also the answer where it is one address
   * @throws IOException if there is no route
   */
  static InetSocketAddress towards(InetSocketAddress peer, InetSocketAddress socket)
      throws IOException {
    if (!socket.getAddress().isAnyLocalAddress()) {
      return socket;
    }
    StandardProtocolFamily family =
        peer.getAddress() instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    try (DatagramChannel probe = DatagramChannel.open(family)) {
      probe.connect(peer);
      InetSocketAddress local = (InetSocketAddress) probe.getLocalAddress();
      return new InetSocketAddress(local.getAddress(), socket.getPort());
    }
  }
}
