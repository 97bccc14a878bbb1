package io.github.cachemesh.core.github;

/**
 * GitHub knows no such thing (404, 410, 422), or hides it from a token that may not see it, which
 * GitHub does not tell apart.
 */
public final class GitHubAbsentException extends GitHubException {
  private static final long serialVersionUID = 1L;

  private final Permission permission;
  private final String said;

  GitHubAbsentException(String message, Permission permission, String said) {
    super(message, null);
    this.permission = permission;
    this.said = said;
  }

  boolean said(String words) {
    return said.equals(words);
  }

  /** The permission without which the thing might be hidden. */
  public Permission permission() {
    return permission;
  }
}
