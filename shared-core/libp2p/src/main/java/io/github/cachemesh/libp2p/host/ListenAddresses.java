package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.InterfaceAddresses;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * At which addresses a host can be reached: those that it listens on, and those that others see
 * from outside. At most {@value #MAX} of each. Thread-safe.
 */
final class ListenAddresses {
  static final int MAX = 32;

  private static final Logger LOG = Logger.getLogger(ListenAddresses.class.getName());

  private final InterfaceAddresses machine;
  private final Consumer<HostEvent> events;
  private final List<Listener> listeners = new ArrayList<>(2);
  private final Set<Multiaddr> external = new LinkedHashSet<>(2);
  private boolean closed;

  ListenAddresses(InterfaceAddresses machine, Consumer<HostEvent> events) {
    this.machine = machine;
    this.events = events;
  }

  /** Whether it was added; not when there are too many, or once this is closed. */
  synchronized boolean add(Listener listener) {
    if (closed || listeners.size() == MAX) {
      return false;
    }
    listeners.add(listener);
    events.accept(new HostEvent.Listening(listener.address()));
    changed();
    return true;
  }

  /** Beyond the bound the one goes that came first. */
  synchronized void addExternal(Multiaddr address) {
    if (external.add(address.withoutPeer())) {
      if (external.size() > MAX) {
        external.remove(external.iterator().next());
      }
      changed();
    }
  }

  synchronized void removeExternal(Multiaddr address) {
    if (external.remove(address.withoutPeer())) {
      changed();
    }
  }

  private void changed() {
    events.accept(new HostEvent.AddressesChanged(all()));
  }

  /** Without peer id; the external ones last. */
  synchronized List<Multiaddr> all() {
    Set<Multiaddr> all = new LinkedHashSet<>();
    for (Listener listener : listeners) {
      try {
        all.addAll(machine.expand(listener.address()));
      } catch (SocketException e) {
        LOG.log(Level.WARNING, "the addresses of " + listener.address() + " are unknown", e);
      }
    }
    all.addAll(external);
    return List.copyOf(all);
  }

  /** Done when nothing listens any more. */
  synchronized CompletableFuture<Void> close() {
    closed = true;
    return CompletableFuture.allOf(
        listeners.stream().map(Listener::close).toArray(CompletableFuture[]::new));
  }
}
