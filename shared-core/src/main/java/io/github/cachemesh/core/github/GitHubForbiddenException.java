package io.github.cachemesh.core.github;

/** GitHub refuses this token (401, 403), or the feature is switched off for the repository. */
public final class GitHubForbiddenException extends GitHubException {
  private static final long serialVersionUID = 1L;

  private final Permission permission;

  GitHubForbiddenException(String message, Permission permission) {
    super(message, null);
    this.permission = permission;
  }

  /** The permission that the request needs. */
  public Permission permission() {
    return permission;
  }
}
