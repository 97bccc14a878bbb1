package io.github.cachemesh.libp2p.core;

/** The other end proved to be another peer than the one that was dialed. */
public class PeerMismatchException extends HandshakeException {
  private static final long serialVersionUID = 1L;

  public PeerMismatchException(String message) {
    super(message);
  }

  public PeerMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
