package io.github.cachemesh.core.service;

/** A policy is refused as a whole. The message names the file, the place in it and the remedy. */
public final class InvalidPolicyException extends Exception {
  private static final long serialVersionUID = 1L;

  InvalidPolicyException(String message) {
    super(message);
  }
}
