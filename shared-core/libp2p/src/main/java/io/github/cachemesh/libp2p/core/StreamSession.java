package io.github.cachemesh.libp2p.core;

import java.io.IOException;
import java.util.concurrent.CompletionStage;

/** The streams of one connection. Thread-safe. */
public interface StreamSession {
  /**
   * Begins to read; called once. Until then the peer's bytes wait in its own buffers.
   *
   * @param acceptor gets each stream that the peer opens
   */
  void start(StreamAcceptor acceptor);

  /**
   * Opens a stream; the peer need not have agreed when this returns. Blocks while the peer has not
   * acknowledged as many as the muxer's bound.
   *
   * @throws ConnectionClosedException when the connection ended, or ends meanwhile
   * @throws LimitExceededException when there are as many streams as may be
   */
  MuxedStream open() throws IOException;

  /**
   * Tells the peer and ends: streams that are open are reset. Does not block; may be called again.
   */
  void close();

  /**
   * Done when the channel is closed and nothing of it is left: normally after {@link #close} or the
   * peer's orderly end, else with the failure, such as {@link ProtocolViolationException}.
   */
  CompletionStage<Void> closed();
}
