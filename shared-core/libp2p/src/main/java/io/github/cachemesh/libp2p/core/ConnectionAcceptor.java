package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.concurrent.CompletableFuture;

/** Gets the connections that peers open. Called on event loops, so it must not block. */
public interface ConnectionAcceptor {
  /**
   * Asked before anything is spent on a connection.
   *
   * @param remote without peer id
   * @return false closes it without an answer
   */
  boolean admits(Multiaddr remote);

  /**
   * A connection that was admitted.
   *
   * @param upgrade fails when a handshake does. Whoever is given it must start and, in the end,
   *     close the connection; cancelling gives it up
   */
  void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade);
}
