package io.github.cachemesh.core.service;

/** Bytes are no message of this protocol. The message names the member and quotes nothing. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
