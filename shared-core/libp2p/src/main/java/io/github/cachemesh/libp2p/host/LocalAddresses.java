package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.multiformats.Component;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an unspecified IP address stands for: the addresses of this machine. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** Those of interfaces that are up; link-local ones are of no use to others without a zone. */
  static List<InetAddress> ofMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(LocalAddresses::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(ip -> !ip.isLinkLocalAddress())
          .toList();
    } catch (SocketException _) {
      return List.of();
    }
  }

  /** The address itself, or with an unspecified IP address one for each of the machine's. */
  static List<Multiaddr> expand(Multiaddr address, List<InetAddress> machine) {
    InetAddress ip = address.ip().orElse(null);
    if (ip == null || !ip.isAnyLocalAddress()) {
      return List.of(address);
    }
    boolean six = ip instanceof Inet6Address;
    List<Multiaddr> expanded = new ArrayList<>();
    for (InetAddress local : machine) {
      if (local instanceof Inet6Address == six) {
        Component first =
            Component.of(six ? MultiaddrProtocol.IP6 : MultiaddrProtocol.IP4, withoutZone(local));
        expanded.add(
            Multiaddr.of(
                Stream.concat(Stream.of(first), address.components().stream().skip(1))
                    .toArray(Component[]::new)));
      }
    }
    return expanded;
  }

  private static String withoutZone(InetAddress ip) {
    String text = ip.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  private static boolean isUp(NetworkInterface some) {
    try {
      return some.isUp();
    } catch (SocketException _) {
      return false;
    }
  }
}
