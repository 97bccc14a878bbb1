package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** The two ends have no protocol in common. */
public class NegotiationException extends IOException {
  private static final long serialVersionUID = 1L;

  public NegotiationException(String message) {
    super(message);
  }

  public NegotiationException(String message, Throwable cause) {
    super(message, cause);
  }
}
