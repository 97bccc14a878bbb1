package io.github.cachemesh.libp2p.host;

import java.io.IOException;

/** A peer could not be reached; the message says why for each address, as far as there is room. */
public class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  public DialException(String message) {
    super(message);
  }

  public DialException(String message, Throwable cause) {
    super(message, cause);
  }
}
