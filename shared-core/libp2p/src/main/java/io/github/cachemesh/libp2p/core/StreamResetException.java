package io.github.cachemesh.libp2p.core;

import java.io.IOException;

/** A stream was ended at once, by this end or the other. */
public class StreamResetException extends IOException {
  private static final long serialVersionUID = 1L;

  public StreamResetException(String message) {
    super(message);
  }

  public StreamResetException(String message, Throwable cause) {
    super(message, cause);
  }
}
