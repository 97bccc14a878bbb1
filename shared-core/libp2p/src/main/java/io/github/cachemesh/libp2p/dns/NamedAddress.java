package io.github.cachemesh.libp2p.dns;

import io.github.cachemesh.libp2p.multiformats.Component;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An address that begins with a name: dns, dns4, dns6 or dnsaddr. Names further behind, such as
 * behind a relay, are for others to resolve.
 *
 * @param rest the components behind the name
 */
record NamedAddress(MultiaddrProtocol kind, String name, List<Component> rest) {
  private static final String PREFIX = "dnsaddr=";

  static Optional<NamedAddress> in(Multiaddr address) {
    if (!address.isKnown() || address.isEmpty()) {
      return Optional.empty();
    }
    List<Component> components = address.components();
    Component first = components.getFirst();
    return switch (first.protocol()) {
      case DNS, DNS4, DNS6, DNSADDR ->
          Optional.of(
              new NamedAddress(
                  first.protocol(), first.value(), components.subList(1, components.size())));
      default -> Optional.empty();
    };
  }

  Multiaddr at(InetAddress ip) {
    return Multiaddr.of(
        Stream.concat(Stream.of(Component.of(ip)), rest.stream()).toArray(Component[]::new));
  }

  /**
   * What a record of dnsaddr says.
   *
   * @return empty when it is not one, is malformed, or does not end with what stands behind the
   *     name, such as the peer that is looked for
   */
  Optional<Multiaddr> linkedBy(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    Multiaddr linked;
    try {
      linked = Multiaddr.parse(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    List<Component> components = linked.components();
    int start = components.size() - rest.size();
    boolean matches = start > 0 && components.subList(start, components.size()).equals(rest);
    return matches ? Optional.of(linked) : Optional.empty();
  }
}
