package io.github.cachemesh.libp2p.core;

/** Which end of a connection or a negotiation this is. */
public enum Role {
  /** The end that opened it: initiator, client. */
  DIALER,
  /** The end that was asked: responder, server. */
  LISTENER;

  public Role other() {
    return this == DIALER ? LISTENER : DIALER;
  }
}
