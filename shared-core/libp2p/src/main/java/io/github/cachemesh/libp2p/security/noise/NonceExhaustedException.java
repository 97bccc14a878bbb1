package io.github.cachemesh.libp2p.security.noise;

import java.io.IOException;

/** A key has encrypted as many messages as it safely may: the connection has to end. */
final class NonceExhaustedException extends IOException {
  private static final long serialVersionUID = 1L;

  NonceExhaustedException() {
    super("a Noise key served 2^64 - 1 messages, the most that it may; connect anew");
  }
}
