package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.channel.Channel;

/** Makes many streams of one channel. Thread-safe; one serves all connections of a host. */
public interface Muxer {
  /** By which multistream-select offers it, and handshakes with early negotiation. */
  ProtocolId protocol();

  /**
   * Takes the channel over: it adds its handler to the end of the pipeline. Called on the channel's
   * event loop, with reading switched off; nothing is read before {@link StreamSession#start}.
   *
   * @param peer for messages
   */
  StreamSession session(Channel channel, Role role, PeerId peer);
}
