package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** A secure channel could not be made: the other end proved nothing, or wrongly. */
public class HandshakeException extends IOException {
  private static final long serialVersionUID = 1L;

  public HandshakeException(String message) {
    super(message);
  }

  public HandshakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
