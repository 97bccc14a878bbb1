package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Whom an IP address is counted for: an IPv4 address is one customer, as are 56 bits of IPv6. */
final class Subnet {
  private static final int IP6_PREFIX_BYTES = 7;

  private Subnet() {}

  /** Empty for addresses without an IP, and for the loopback ones. */
  static Optional<InetAddress> of(Multiaddr address) {
    return address.ip().filter(ip -> !ip.isLoopbackAddress()).map(Subnet::prefix);
  }

  private static InetAddress prefix(InetAddress ip) {
    if (!(ip instanceof Inet6Address)) {
      return ip;
    }
    byte[] bytes = ip.getAddress();
    Arrays.fill(bytes, IP6_PREFIX_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("sixteen bytes are an address", e);
    }
  }
}
