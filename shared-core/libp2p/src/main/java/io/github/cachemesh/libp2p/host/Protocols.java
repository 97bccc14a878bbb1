package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which protocols a host answers: at most {@value #MAX}. Thread-safe. */
final class Protocols {
  static final int MAX = 256;

  private final Map<ProtocolId, ProtocolHandler> handlers = new ConcurrentHashMap<>();
  private final Set<ProtocolId> live = Collections.unmodifiableSet(handlers.keySet());
  private final Consumer<HostEvent> events;

  Protocols(Consumer<HostEvent> events) {
    this.events = events;
  }

  synchronized void add(ProtocolId protocol, ProtocolHandler handler) {
    if (handlers.size() == MAX) {
      throw new IllegalStateException("a host answers at most " + MAX + " protocols");
    }
    if (handlers.putIfAbsent(protocol, handler) != null) {
      throw new IllegalStateException(protocol + " has a handler");
    }
    events.accept(new HostEvent.ProtocolsChanged(snapshot()));
  }

  synchronized boolean remove(ProtocolId protocol) {
    boolean removed = handlers.remove(protocol) != null;
    if (removed) {
      events.accept(new HostEvent.ProtocolsChanged(snapshot()));
    }
    return removed;
  }

  @Nullable ProtocolHandler handler(ProtocolId protocol) {
    return handlers.get(protocol);
  }

  /** A view, which changes. */
  Set<ProtocolId> live() {
    return live;
  }

  Set<ProtocolId> snapshot() {
    return Set.copyOf(live);
  }
}
