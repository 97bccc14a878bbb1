package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.Collection;

/** What a dial in progress hears. */
sealed interface DialSignal {
  record Connected(Multiaddr address, MuxedConnection connection) implements DialSignal {}

  record Failed(Multiaddr address, Throwable reason) implements DialSignal {}

  /** Addresses that came while it ran. */
  record Found(Collection<Multiaddr> addresses) implements DialSignal {}

  /** What a name stands for. */
  record Resolved(Collection<Multiaddr> addresses) implements DialSignal {}

  record NotResolved(Multiaddr address, Throwable reason) implements DialSignal {}

  record Stopped() implements DialSignal {}
}
