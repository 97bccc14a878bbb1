package io.github.cachemesh.libp2p.host;

/** At most {@link #max} at a time. Thread-safe; does not block. */
interface Quota {
  /** Whether there was room; then it is to be given back. */
  boolean take();

  void giveBack();

  boolean isFull();

  Limit limit();

  int max();
}
