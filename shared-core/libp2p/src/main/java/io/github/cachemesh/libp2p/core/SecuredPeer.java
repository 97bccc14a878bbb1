package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * The other end of a secure channel, which has proven that it holds the key.
 *
 * @param muxer the one that was agreed on during the handshake; null where it was not
 */
public record SecuredPeer(PublicKey key, @Nullable ProtocolId muxer) {
  public PeerId id() {
    return PeerId.of(key);
  }
}
