package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.identity.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a host, several with a peer if they came about: two ends may dial each other
 * at once, and if each gave one connection up they might give up both. Events are told in the order
 * of the changes. Thread-safe; does not block.
 */
final class ConnectionTable {
  /** Immutable lists, the newest last. */
  private final Map<PeerId, List<HostConnection>> byPeer = new ConcurrentHashMap<>();

  private final AddressBook addresses;
  private final Consumer<HostEvent> events;
  private final CompletableFuture<Void> empty = new CompletableFuture<>();
  private volatile int size;
  private boolean closed;

  ConnectionTable(AddressBook addresses, Consumer<HostEvent> events) {
    this.addresses = addresses;
    this.events = events;
  }

  /** Whether it was added; not once this is closed. */
  synchronized boolean add(HostConnection connection) {
    if (closed) {
      return false;
    }
    PeerId peer = connection.remotePeer();
    List<HostConnection> before = byPeer.getOrDefault(peer, List.of());
    if (before.isEmpty()) {
      addresses.connected(peer);
      byPeer.put(peer, List.of(connection));
    } else {
      List<HostConnection> more = new ArrayList<>(before);
      more.add(connection);
      byPeer.put(peer, List.copyOf(more));
    }
    size++;
    events.accept(new HostEvent.Connected(connection));
    return true;
  }

  synchronized void remove(HostConnection connection) {
    PeerId peer = connection.remotePeer();
    List<HostConnection> left = new ArrayList<>(byPeer.getOrDefault(peer, List.of()));
    if (!left.remove(connection)) {
      return;
    }
    if (left.isEmpty()) {
      byPeer.remove(peer);
      addresses.disconnected(peer);
    } else {
      byPeer.put(peer, List.copyOf(left));
    }
    size--;
    events.accept(new HostEvent.Disconnected(connection, left.isEmpty()));
    if (closed && size == 0) {
      empty.complete(null);
    }
  }

  List<HostConnection> of(PeerId peer) {
    return byPeer.getOrDefault(peer, List.of());
  }

  /** The newest, since an older one may be dead without either end's knowing. */
  @Nullable HostConnection best(PeerId peer) {
    List<HostConnection> connections = of(peer);
    for (int i = connections.size() - 1; i >= 0; i--) {
      if (connections.get(i).isOpen()) {
        return connections.get(i);
      }
    }
    return null;
  }

  List<HostConnection> all() {
    List<HostConnection> all = new ArrayList<>(size);
    byPeer.values().forEach(all::addAll);
    return all;
  }

  int size() {
    return size;
  }

  /**
   * Takes no more, and closes those that are there.
   *
   * @return done when none is left
   */
  CompletableFuture<Void> close() {
    synchronized (this) {
      closed = true;
      if (size == 0) {
        empty.complete(null);
      }
    }
    all().forEach(HostConnection::close);
    return empty;
  }
}
