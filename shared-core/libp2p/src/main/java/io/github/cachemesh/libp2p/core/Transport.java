package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A way to reach peers and to be reached. Thread-safe; does not block. */
public interface Transport {
  /** Whether it can dial such an address, which is resolved already: no dns component. */
  boolean dials(Multiaddr address);

  /** Whether it can listen on such an address. */
  boolean listens(Multiaddr address);

  /**
   * Connects and upgrades. Cancelling the result gives up and closes what there is of it.
   *
   * @param address without peer id
   * @param expected whom the other end has to be; null takes anybody
   * @return fails with {@link java.io.IOException}; when it takes longer than the transport's
   *     bounds on connecting and on the handshakes, with {@link DeadlineExceededException}
   */
  CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected);

  /**
   * Accepts connections from then on.
   *
   * @param address port 0 is any that is free, and an unspecified IP address all of the machine
   * @return fails with {@link java.io.IOException}, which names the address
   */
  CompletableFuture<Listener> listen(Multiaddr address, ConnectionAcceptor acceptor);

  /** Closes listeners and whatever is being dialed; connections live on. May be called again. */
  CompletableFuture<Void> close();
}
