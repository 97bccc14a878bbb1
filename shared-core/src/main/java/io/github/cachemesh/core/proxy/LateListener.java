package io.github.cachemesh.core.proxy;

import java.util.concurrent.CompletableFuture;

/**
 * A listener whose address is known only when its socket is bound; connections that come first wait
 * for it.
 */
final class LateListener {
  private final CompletableFuture<Listener> listener = new CompletableFuture<>();

  void set(Listener known) {
    listener.complete(known);
  }

  /** Waits for the few instructions between bind and {@link #set}. */
  Listener get() {
    return listener.join();
  }
}
