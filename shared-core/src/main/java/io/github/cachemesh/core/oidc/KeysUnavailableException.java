package io.github.cachemesh.core.oidc;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The issuer's keys could not be had; the message names their URL and the remedy. */
public final class KeysUnavailableException extends IOException {
  private static final long serialVersionUID = 1L;

  KeysUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
