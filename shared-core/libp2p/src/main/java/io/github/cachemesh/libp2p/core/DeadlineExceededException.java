package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** It took longer than it may; the message names what and the bound. */
public class DeadlineExceededException extends IOException {
  private static final long serialVersionUID = 1L;

  public DeadlineExceededException(String message) {
    super(message);
  }

  public DeadlineExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
