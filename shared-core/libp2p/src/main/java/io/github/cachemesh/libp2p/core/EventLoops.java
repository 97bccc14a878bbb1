package io.github.cachemesh.libp2p.core;

import io.netty.util.concurrent.FastThreadLocalThread;

/** Tells threads that must not block from those that may. */
public final class EventLoops {
  private EventLoops() {}

  /**
   * Called first by whatever blocks.
   *
   * @throws IllegalStateException on an event loop
   */
  public static void refuse() {
    if (Thread.currentThread() instanceof FastThreadLocalThread) {
      throw new IllegalStateException("this blocks: call it on a virtual thread");
    }
  }
}
