package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Muxer;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections of channels: secures them, proves the peer, and adds a muxer. Thread-safe; one
 * serves all transports of a host.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/connections/README.md">the
 *     specification</a>, "Upgrading Connections"
 */
public final class Upgrader {
  public static final Duration DEFAULT_HANDSHAKE_TIME = Duration.ofSeconds(10);

  private final List<SecureChannel> secureChannels;
  private final List<Muxer> muxers;
  private final Duration handshakeTime;

  /**
   * @param secureChannels in order of preference, not empty
   * @param muxers in order of preference, not empty
   * @param handshakeTime bound on a whole upgrade
   */
  public Upgrader(List<SecureChannel> secureChannels, List<Muxer> muxers, Duration handshakeTime) {
    if (secureChannels.isEmpty() || muxers.isEmpty()) {
      throw new IllegalArgumentException("an upgrade takes a secure channel and a muxer");
    }
    this.secureChannels = List.copyOf(secureChannels);
    this.muxers = List.copyOf(muxers);
    this.handshakeTime = handshakeTime;
  }

  /** With {@link #DEFAULT_HANDSHAKE_TIME}. */
  public Upgrader(List<SecureChannel> secureChannels, List<Muxer> muxers) {
    this(secureChannels, muxers, DEFAULT_HANDSHAKE_TIME);
  }

  /**
   * Upgrades a channel that is registered, connected and has nothing else in its pipeline that
   * reads; switches its automatic reading off. Does not block.
   *
   * @param expected whom the other end has to be; null takes anybody
   * @param local without peer id
   * @param remote without peer id
   * @return completes on the event loop; whenever it fails, or is cancelled, the channel is closed.
   *     Fails with {@link io.github.cachemesh.libp2p.core.NegotiationException} when there is
   *     nothing in common, {@link io.github.cachemesh.libp2p.core.ProtocolViolationException} when
   *     the peer speaks something else, {@link io.github.cachemesh.libp2p.core.HandshakeException}
   *     when it proves nothing or to be another peer, {@link
   *     io.github.cachemesh.libp2p.core.DeadlineExceededException} when it takes too long, {@link
   *     ConnectionClosedException} when the channel ends before
   */
  public CompletableFuture<MuxedConnection> upgrade(
      Channel channel, Role role, @Nullable PeerId expected, Multiaddr local, Multiaddr remote) {
    Upgrade upgrade = new Upgrade(this, channel, role, expected, local, remote);
    if (channel.eventLoop().inEventLoop()) {
      upgrade.start();
      return upgrade.result();
    }
    try {
      channel.eventLoop().execute(upgrade::start);
    } catch (RejectedExecutionException e) {
      channel.close();
      upgrade.fail(new ConnectionClosedException("the event loops have ended", e));
    }
    return upgrade.result();
  }

  List<SecureChannel> secureChannels() {
    return secureChannels;
  }

  List<Muxer> muxers() {
    return muxers;
  }

  Duration handshakeTime() {
    return handshakeTime;
  }
}
