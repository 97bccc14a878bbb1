package io.github.cachemesh.testkit.github;

import java.util.Map;

/** Refuses what a workflow's {@code permissions:} do not grant, in GitHub's words. */
final class Permissions {
  private Permissions() {}

  /**
   * @param permission as a workflow names it
   * @param access {@code read} or {@code write}
   */
  static void require(Call call, String permission, String access) {
    if (call.caller() instanceof Caller.Authorised(Token token) && !token.may(permission, access)) {
      throw ApiFailure.of(
          403,
          "Resource not accessible by integration",
          Map.of("X-Accepted-GitHub-Permissions", permission.replace('-', '_') + "=" + access));
    }
  }

  /** Requires what a path below a repository needs, such as {@code /repos/o/r/issues/1}. */
  static void requireForPath(Call call, String access) {
    String[] segments = call.request().path().split("/");
    String permission =
        switch (segments.length > 4 ? segments[4] : "") {
          case "issues", "labels", "assignees", "milestones" -> "issues";
          case "pulls" -> "pull-requests";
          case "actions" -> "actions";
          case "code-scanning" -> "security-events";
          case "" -> access.equals("read") ? "metadata" : "administration";
          default -> "contents";
        };
    require(call, permission, access);
  }

  /** Alerts are nobody's business but those who may see them, in a public repository too. */
  static void requireScanning(Call call, String access) {
    require(call, "security-events", access);
    switch (call.caller()) {
      case Caller.Authorised(Token token) -> {
        Repository repository = call.repository();
        if (!token.repositories().contains(repository.fullName())
            && token.scopes().stream().noneMatch(s -> s.equals("repo") || s.contains("security"))) {
          throw ApiFailure.of(403, "You are not authorized to read code scanning alerts.");
        }
      }
      case Caller.Anonymous _, Caller.ByApp _, Caller.Refused _ ->
          throw ApiFailure.of(401, "Requires authentication");
    }
  }
}
