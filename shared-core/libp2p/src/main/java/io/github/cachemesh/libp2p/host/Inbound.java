package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connections that peers open, each with its grant. Thread-safe; does not block. */
final class Inbound implements ConnectionAcceptor {
  private static final Logger LOG = Logger.getLogger(Inbound.class.getName());

  private final ConnectionAdmission admission;
  private final BiConsumer<MuxedConnection, Grant> adopter;

  /** Handshakes; as many as the admission grants. */
  private final Set<CompletableFuture<MuxedConnection>> upgrades = ConcurrentHashMap.newKeySet();

  private volatile boolean closed;

  /**
   * @param adopter sees to it that connection and grant are given up in the end
   */
  Inbound(ConnectionAdmission admission, BiConsumer<MuxedConnection, Grant> adopter) {
    this.admission = admission;
    this.adopter = adopter;
  }

  @Override
  public boolean admits(Multiaddr remote) {
    return !closed && admission.admits(remote);
  }

  @Override
  public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {
    try {
      Grant grant = admission.accepted(remote);
      upgrades.add(upgrade);
      upgrade.whenComplete(
          (connection, failure) -> {
            upgrades.remove(upgrade);
            if (connection != null) {
              adopter.accept(connection, grant);
            } else {
              grant.release();
              LOG.log(Level.FINE, "a peer at " + remote + " did not get in", failure);
            }
          });
      if (closed) {
        upgrade.cancel(true);
      }
    } catch (LimitExceededException e) {
      LOG.log(Level.FINE, "a peer at {0} is refused: {1}", new Object[] {remote, e.getMessage()});
      upgrade.cancel(true);
      upgrade.thenAccept(MuxedConnection::close);
    }
  }

  /** Gives up handshakes. */
  void close() {
    closed = true;
    List.copyOf(upgrades).forEach(upgrade -> upgrade.cancel(true));
  }
}
