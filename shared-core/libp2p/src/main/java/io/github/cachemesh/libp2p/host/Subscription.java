package io.github.cachemesh.libp2p.host;

/** Somebody who is told of a host's events. Thread-safe. */
public interface Subscription extends AutoCloseable {
  /** No more events, but for one that is being delivered. Does not block; may be called again. */
  @Override
  void close();
}
