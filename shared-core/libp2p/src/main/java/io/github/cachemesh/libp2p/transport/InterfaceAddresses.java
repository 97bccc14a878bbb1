package io.github.cachemesh.libp2p.transport;

import io.github.cachemesh.libp2p.multiformats.Component;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes addresses that can be told to others of those on which a host listens: an unspecified IP
 * address stands for those of all interfaces, of the same version. Thread-safe.
 */
public final class InterfaceAddresses {
  /** Results of one expansion. */
  public static final int MAX_ADDRESSES = 64;

  private static final Comparator<InetAddress> LOOPBACK_LAST =
      Comparator.comparing(InetAddress::isLoopbackAddress);

  /** Where the machine's addresses come from; asked at each expansion, since they change. */
  @FunctionalInterface
  public interface Source {
    List<InetAddress> addresses() throws SocketException;
  }

  private final Source source;

  public InterfaceAddresses(Source source) {
    this.source = source;
  }

  /** Of this machine: all interfaces that are up. */
  public static InterfaceAddresses ofMachine() {
    return new InterfaceAddresses(InterfaceAddresses::ofInterfaces);
  }

  private static List<InetAddress> ofInterfaces() throws SocketException {
    List<InetAddress> addresses = new ArrayList<>();
    for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
      if (each.isUp()) {
        each.inetAddresses().forEach(addresses::add);
      }
    }
    return addresses;
  }

  /**
   * @param listening begins with an IP address
   * @return the address itself if that is a certain one; else one of each interface's, loopback
   *     last and without link-local ones of IPv6, which mean nothing elsewhere, at most {@value
   *     #MAX_ADDRESSES}
   * @throws SocketException when the interfaces cannot be read
   */
  public List<Multiaddr> expand(Multiaddr listening) throws SocketException {
    InetAddress ip = listening.ip().orElse(null);
    if (ip == null || !ip.isAnyLocalAddress()) {
      return List.of(listening);
    }
    boolean ip4 = ip instanceof Inet4Address;
    return source.addresses().stream()
        .filter(address -> address instanceof Inet4Address == ip4)
        .filter(address -> ip4 || !address.isLinkLocalAddress())
        .sorted(LOOPBACK_LAST)
        .limit(MAX_ADDRESSES)
        .map(address -> replaceIp(listening, address))
        .toList();
  }

  private static Multiaddr replaceIp(Multiaddr listening, InetAddress ip) {
    return Multiaddr.of(
        Stream.concat(Stream.of(Component.of(ip)), listening.components().stream().skip(1))
            .toArray(Component[]::new));
  }
}
