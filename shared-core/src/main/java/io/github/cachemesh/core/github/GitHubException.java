package io.github.cachemesh.core.github;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * GitHub did not give what was asked for: it could not be asked, refused, or has no such thing. The
 * message names the question and the remedy, and never holds a token.
 */
public abstract sealed class GitHubException extends IOException
    permits GitHubUnavailableException, GitHubForbiddenException, GitHubAbsentException {
  private static final long serialVersionUID = 1L;

  GitHubException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
