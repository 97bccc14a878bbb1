package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** The connection ended, in order or not; the cause says why if it is known. */
public class ConnectionClosedException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConnectionClosedException(String message) {
    super(message);
  }

  public ConnectionClosedException(String message, Throwable cause) {
    super(message, cause);
  }
}
