package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A way to make a channel confidential and to prove both ends' peer ids. Thread-safe; one serves
 * all connections of a host.
 */
public interface SecureChannel {
  /** By which multistream-select offers it. */
  ProtocolId protocol();

  /**
   * Runs the handshake. Called on the channel's event loop; adds its handlers to the end of the
   * pipeline. Once the result is there, what follows in the pipeline sees plaintext only, and bytes
   * that came behind the handshake are passed on as the first of it. When the handshake fails the
   * channel is closed.
   *
   * @param expected whom the other end has to be; null takes anybody
   * @return fails with {@link HandshakeException}, of which {@link PeerMismatchException} is one,
   *     or with {@link java.io.IOException} when the channel ends before. The caller bounds the
   *     time, by closing the channel
   */
  CompletableFuture<SecuredPeer> secure(Channel channel, Role role, @Nullable PeerId expected);
}
