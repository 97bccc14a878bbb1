package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.concurrent.ScheduledExecutorService;

/** A connection to a proven peer, on which streams can be opened: what transports make. */
public interface MuxedConnection extends StreamSession {
  SecuredPeer remote();

  Role role();

  /** This end's, as far as the transport knows it; without peer id. */
  Multiaddr localAddress();

  /** The peer's, as this end sees it; without peer id. */
  Multiaddr remoteAddress();

  /** The event loop's executor of the connection, for timers. */
  ScheduledExecutorService executor();
}
