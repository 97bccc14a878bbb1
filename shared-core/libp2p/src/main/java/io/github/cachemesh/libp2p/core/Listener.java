package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.concurrent.CompletableFuture;

/** A listening transport. Thread-safe; does not block. */
public interface Listener {
  /** With the real port; an unspecified IP address stays one. */
  Multiaddr address();

  /** Accepts no more; connections live on. May be called again. */
  CompletableFuture<Void> close();
}
