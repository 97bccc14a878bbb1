package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** The other end broke the rules of a protocol; the message names the rule. */
public class ProtocolViolationException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolViolationException(String message) {
    super(message);
  }

  public ProtocolViolationException(String message, Throwable cause) {
    super(message, cause);
  }
}
