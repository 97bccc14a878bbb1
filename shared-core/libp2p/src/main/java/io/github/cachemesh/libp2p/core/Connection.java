package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A connection of a host, with the protocols that it speaks. Thread-safe; what blocks is for
 * virtual threads.
 */
public interface Connection {
  PeerId remotePeer();

  PublicKey remoteKey();

  Role role();

  /** Without peer id. */
  Multiaddr localAddress();

  /** Without peer id. */
  Multiaddr remoteAddress();

  /**
   * Opens a stream for the first of these protocols that the peer speaks. With a single one this
   * does not wait for the peer's word (lazy negotiation): whether it agrees shows with the first
   * read.
   *
   * @throws NegotiationException when the peer speaks none of them
   * @throws LimitExceededException when there are as many streams as may be
   * @throws DeadlineExceededException when the peer does not answer in the host's time
   * @throws ConnectionClosedException when the connection ended
   */
  Stream open(List<ProtocolId> protocols) throws IOException;

  /** Open ones, for diagnosis; a snapshot. */
  List<Stream> streams();

  /** Ends it in order. Does not block; may be called again. */
  void close();

  boolean isOpen();

  /** Done when nothing of it is left, with the failure that ended it if one did. */
  CompletionStage<Void> closed();
}
