package io.github.cachemesh.libp2p.transport;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.netty.channel.Channel;

/**
 * Upgrades the channels that listeners accept: only those that are admitted, and at most a given
 * number at a time; others are closed before anything is spent on them. Thread-safe.
 */
public final class InboundUpgrades {
  /** Fits some thousand connections a second that shake hands in a tenth of a second. */
  public static final int DEFAULT_MAX_PENDING = 256;

  private final Upgrader upgrader;
  private final Pending pending;

  /**
   * @param maxPending bound on channels whose handshakes have not ended
   */
  public InboundUpgrades(Upgrader upgrader, int maxPending) {
    this.upgrader = upgrader;
    this.pending = new Pending(maxPending);
  }

  /** Called on the channel's event loop, once the channel is active. */
  public void accept(
      Channel channel, Multiaddr local, Multiaddr remote, ConnectionAcceptor acceptor) {
    if (!acceptor.admits(remote)) {
      channel.close();
      return;
    }
    pending
        .start(() -> upgrader.upgrade(channel, Role.LISTENER, null, local, remote))
        .ifPresentOrElse(upgrade -> acceptor.incoming(remote, upgrade), channel::close);
  }

  /** Gives up those that are pending and accepts no more. May be called again. */
  public void close() {
    pending.close();
  }
}
