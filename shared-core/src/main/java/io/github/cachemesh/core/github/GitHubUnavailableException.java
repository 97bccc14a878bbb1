package io.github.cachemesh.core.github;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * GitHub could not be asked: no connection, no answer in time, an error of its own, a spent rate
 * limit, or an answer that cannot be read or is longer than its bound.
 */
public final class GitHubUnavailableException extends GitHubException {
  private static final long serialVersionUID = 1L;

  private final @Nullable Instant retryAt;

  GitHubUnavailableException(String message) {
    this(message, (@Nullable Throwable) null);
  }

  GitHubUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAt = null;
  }

  GitHubUnavailableException(String message, Instant retryAt) {
    super(message, null);
    this.retryAt = retryAt;
  }

  /** When a spent rate limit is filled again, where GitHub says so. */
  public Optional<Instant> retryAt() {
    return Optional.ofNullable(retryAt);
  }
}
