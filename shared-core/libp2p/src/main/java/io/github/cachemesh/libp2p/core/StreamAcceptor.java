package io.github.cachemesh.libp2p.core;

/** Gets the streams that a peer opens. */
@FunctionalInterface
public interface StreamAcceptor {
  /** Called on an event loop, so it must not block; whoever is given the stream must end it. */
  void accept(MuxedStream stream);
}
