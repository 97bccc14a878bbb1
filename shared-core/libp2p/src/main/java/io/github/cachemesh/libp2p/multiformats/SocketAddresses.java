package io.github.cachemesh.libp2p.multiformats;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The IP address and the port at the front of a multiaddr, as the JDK has them, and back. */
final class SocketAddresses {
  private SocketAddresses() {}

  static Optional<InetAddress> ip(List<Component> components) {
    int index = ipIndex(components);
    if (index < 0) {
      return Optional.empty();
    }
    byte[] bytes = components.get(index).bytes();
    try {
      return Optional.of(
          index == 0
              ? InetAddress.getByAddress(bytes)
              : withZone(bytes, components.getFirst().value()));
    } catch (UnknownHostException | SocketException e) {
      return Optional.empty(); // The zone is not one of this machine.
    }
  }

  static Optional<InetSocketAddress> endpoint(
      List<Component> components, MultiaddrProtocol transport) {
    int index = ipIndex(components) + 1;
    if (index == 0 || index == components.size() || components.get(index).protocol() != transport) {
      return Optional.empty();
    }
    int port = Integer.parseInt(components.get(index).value());
    return ip(components).map(ip -> new InetSocketAddress(ip, port));
  }

  static Multiaddr multiaddr(InetSocketAddress endpoint, MultiaddrProtocol transport) {
    InetAddress ip = endpoint.getAddress();
    if (ip == null) {
      throw new IllegalArgumentException("not resolved: " + endpoint);
    }
    List<Component> components = new ArrayList<>();
    if (ip instanceof Inet6Address ip6) {
      zone(ip6).ifPresent(zone -> components.add(Component.of(MultiaddrProtocol.IP6ZONE, zone)));
      components.add(Component.of(MultiaddrProtocol.IP6, ip6.getAddress()));
    } else {
      components.add(Component.of(MultiaddrProtocol.IP4, ip.getAddress()));
    }
    components.add(Component.of(transport, Integer.toString(endpoint.getPort())));
    return Multiaddr.of(components.toArray(Component[]::new));
  }

  /** The index of the IP address at the front, behind its zone if it has one, or -1. */
  private static int ipIndex(List<Component> components) {
    if (components.isEmpty()) {
      return -1;
    }
    return switch (components.getFirst().protocol()) {
      case IP4, IP6 -> 0;
      case IP6ZONE ->
          components.size() > 1 && components.get(1).protocol() == MultiaddrProtocol.IP6 ? 1 : -1;
      default -> -1;
    };
  }

  private static InetAddress withZone(byte[] ip6, String zone)
      throws UnknownHostException, SocketException {
    NetworkInterface named = NetworkInterface.getByName(zone);
    try {
      int scope = named != null ? named.getIndex() : Integer.parseUnsignedInt(zone);
      return Inet6Address.getByAddress(null, ip6, scope);
    } catch (NumberFormatException _) {
      throw new UnknownHostException("no zone " + zone);
    }
  }

  /** The name of the address's zone, its number where it has no name, empty without a zone. */
  private static Optional<String> zone(Inet6Address ip) {
    int scope = ip.getScopeId();
    if (scope <= 0) {
      return Optional.empty();
    }
    try {
      NetworkInterface named = NetworkInterface.getByIndex(scope);
      return Optional.of(named != null ? named.getName() : Integer.toString(scope));
    } catch (SocketException _) {
      return Optional.of(Integer.toString(scope));
    }
  }
}
