package io.github.cachemesh.libp2p.muxer.yamux;

import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.Muxer;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.StreamSession;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.channel.Channel;
import java.util.function.LongSupplier;

/**
 * The muxer {@code /yamux/1.0.0} of the libp2p specifications. Thread-safe.
 *
 * <p>A stream that was opened reaches the peer with its first bytes or its end, or when this end
 * waits for the peer's bytes; so opening costs no packet.
 */
public final class Yamux implements Muxer {
  private static final ProtocolId PROTOCOL = new ProtocolId("/yamux/1.0.0");

  private final YamuxSettings settings;
  private final MemoryBudget budget;
  private final LongSupplier nanoTime;

  /**
   * @param budget from which each stream takes its receive window: 256 KiB at first, without which
   *     a stream is not opened or is reset, and more while there is some
   */
  public Yamux(YamuxSettings settings, MemoryBudget budget) {
    this(settings, budget, System::nanoTime);
  }

  Yamux(YamuxSettings settings, MemoryBudget budget, LongSupplier nanoTime) {
    this.settings = settings;
    this.budget = budget;
    this.nanoTime = nanoTime;
  }

  @Override
  public ProtocolId protocol() {
    return PROTOCOL;
  }

  @Override
  public StreamSession session(Channel channel, Role role, PeerId peer) {
    YamuxSession session = new YamuxSession(channel, role, peer, settings, budget, nanoTime);
    channel.pipeline().addLast(new YamuxHandler(session));
    return session;
  }
}
