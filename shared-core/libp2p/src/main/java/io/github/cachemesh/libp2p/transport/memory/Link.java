package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.transport.memory.LinkConditions.Passage;
import java.util.concurrent.atomic.AtomicReference;

/** What lies between two hosts, for all their connections. Thread-safe. */
final class Link {
  private final MemoryNetwork network;
  private final AtomicReference<LinkConditions> own = new AtomicReference<>();

  Link(MemoryNetwork network) {
    this.network = network;
  }

  void conditions(LinkConditions conditions) {
    own.set(conditions);
  }

  LinkConditions conditions() {
    LinkConditions conditions = own.get();
    return conditions == null ? network.conditions() : conditions;
  }

  boolean is(Passage passage) {
    return conditions().passage() == passage;
  }

  /** For what is sent now. */
  long delayNanos() {
    LinkConditions conditions = conditions();
    long jitter = conditions.jitter().toNanos();
    return conditions.latency().toNanos() + (jitter == 0 ? 0 : network.random(jitter));
  }
}
