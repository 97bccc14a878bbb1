package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** Answers the streams that peers open for one protocol. */
@FunctionalInterface
public interface ProtocolHandler {
  /**
   * Called on a virtual thread of the stream's own. When it returns the stream is closed if it is
   * still open; when it throws, reset.
   */
  void handle(Stream stream) throws IOException;
}
