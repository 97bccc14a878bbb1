package io.github.cachemesh.core.github;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An App could not mint or revoke a token. The message names what was asked and the remedy, and
 * never holds a token or a key.
 */
public final class AppException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Fault {
    /** No connection, no answer in time, a spent rate limit, or an error of GitHub's own. */
    UNAVAILABLE,
    /** GitHub does not take the App's key, or suspended the App. */
    KEY_REFUSED,
    /** The App is not installed where the repository is, or may not see it. */
    NOT_INSTALLED,
    /** The installation has not got all that was asked for. */
    NOT_GRANTED,
    /**
     * GitHub's answer cannot be read, or gives another grant than was asked for; a token in it was
     * not kept.
     */
    UNEXPECTED
  }

  private final Fault fault;

  AppException(Fault fault, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /** Why. */
  public Fault fault() {
    return fault;
  }
}
