package io.github.cachemesh.core.service;

import java.io.IOException;

/** A policy is refused as a whole. The message names the file, the place in it and the remedy. */
public final class InvalidPolicyException extends IOException {
  private static final long serialVersionUID = 1L;

  InvalidPolicyException(String message) {
    super(message);
  }
}
