package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.StreamAcceptor;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** A session together with what the upgrade learned of its ends. */
record UpgradedConnection(
    StreamSession session,
    SecuredPeer remote,
    Role role,
    Multiaddr localAddress,
    Multiaddr remoteAddress,
    ScheduledExecutorService executor)
    implements MuxedConnection {
  @Override
  public void start(StreamAcceptor acceptor) {
    session.start(acceptor);
  }

  @Override
  public MuxedStream open() throws IOException {
    return session.open();
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public CompletionStage<Void> closed() {
    return session.closed();
  }

  @Override
  public String toString() {
    return role + " of " + remote.id() + " at " + remoteAddress;
  }
}
