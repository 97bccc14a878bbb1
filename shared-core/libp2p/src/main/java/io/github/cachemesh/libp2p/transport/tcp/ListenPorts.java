package io.github.cachemesh.libp2p.transport.tcp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The endpoints that are listened on, from which dials can leave. Thread-safe. */
final class ListenPorts {
  /** The system then chooses the address that the route to the peer asks for. */
  private static final Comparator<InetSocketAddress> UNSPECIFIED_FIRST =
      Comparator.comparing(endpoint -> !endpoint.getAddress().isAnyLocalAddress());

  private final List<InetSocketAddress> endpoints = new CopyOnWriteArrayList<>();

  void add(InetSocketAddress endpoint) {
    endpoints.add(endpoint);
  }

  void remove(InetSocketAddress endpoint) {
    endpoints.remove(endpoint);
  }

  /** From where to dial; empty when no endpoint could reach the target. */
  Optional<InetSocketAddress> source(InetAddress target) {
    return endpoints.stream()
        .filter(endpoint -> reaches(endpoint.getAddress(), target))
        .min(UNSPECIFIED_FIRST);
  }

  private static boolean reaches(InetAddress source, InetAddress target) {
    return source instanceof Inet4Address == target instanceof Inet4Address
        && (source.isAnyLocalAddress() || source.isLoopbackAddress() == target.isLoopbackAddress());
  }
}
