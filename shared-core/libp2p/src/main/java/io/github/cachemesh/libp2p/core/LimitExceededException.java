package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** There are as many of these as may be; the message names what and the bound. */
public class LimitExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  public LimitExceededException(String message) {
    super(message);
  }

  public LimitExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
