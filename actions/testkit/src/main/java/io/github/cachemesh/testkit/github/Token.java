package io.github.cachemesh.testkit.github;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One credential that the simulator accepts, with what it may read and write. Immutable.
 *
 * <p>The value never leaves this record: {@link #toString} and the ledger show only the id.
 *
 * @param id the name shown in the ledger
 * @param value the secret as sent in {@code Authorization}
 * @param kind decides the limits and the shape of answers
 * @param login who {@code /user} is; user tokens of one login share a limit, as on GitHub
 * @param scopes OAuth scopes, shown in {@code X-OAuth-Scopes} for users
 * @param repositories full names ({@code owner/name}) of repositories that it may read though
 *     private, and may write to
 * @param lacking permissions that it was not given, as a workflow names them, such as {@code
 *     security-events}
 * @param permissions all that a minted installation token has, by name as in the API; empty for
 *     tokens that were declared
 */
public record Token(
    String id,
    String value,
    Kind kind,
    String login,
    List<String> scopes,
    Set<String> repositories,
    Set<String> lacking,
    Map<String, String> permissions) {

  /** What kind of credential a token is. */
  public enum Kind {
    /** The workflow's GITHUB_TOKEN: its limit belongs to the repository. */
    WORKFLOW,
    /** A user's token: its limit belongs to the user. */
    USER,
    /** A GitHub App's installation token: its limit belongs to the installation. */
    APP
  }

  /** Copies its collections. */
  public Token {
    scopes = List.copyOf(scopes);
    repositories = Set.copyOf(repositories);
    lacking = Set.copyOf(lacking);
    permissions = Map.copyOf(permissions);
  }

  /** A user's token with the {@code repo} scope. */
  public static Token user(String value, String login) {
    return new Token(login, value, Kind.USER, login, List.of("repo"), Set.of(), Set.of(), Map.of());
  }

  /** A workflow's token for one repository, which it may read and write. */
  public static Token workflow(String value, String repository) {
    return new Token(
        "workflow:" + repository,
        value,
        Kind.WORKFLOW,
        "github-actions[bot]",
        List.of(),
        Set.of(repository),
        Set.of(),
        Map.of());
  }

  /** An App's installation token. */
  public static Token app(String value, String installation) {
    return new Token(
        "app:" + installation,
        value,
        Kind.APP,
        installation + "[bot]",
        List.of(),
        Set.of(),
        Set.of(),
        Map.of());
  }

  /** This token with another name in the ledger. */
  public Token named(String newId) {
    return new Token(newId, value, kind, login, scopes, repositories, lacking, permissions);
  }

  /** This token, able to read and write the given repository too. */
  public Token reading(String repository) {
    Set<String> more = new HashSet<>(repositories);
    more.add(repository);
    return new Token(id, value, kind, login, scopes, more, lacking, permissions);
  }

  /** This token with these OAuth scopes instead. */
  public Token scoped(String... newScopes) {
    return new Token(
        id, value, kind, login, List.of(newScopes), repositories, lacking, permissions);
  }

  /** This token without these permissions, such as {@code actions}. */
  public Token without(String... permissions) {
    Set<String> more = new HashSet<>(lacking);
    more.addAll(List.of(permissions));
    return new Token(id, value, kind, login, scopes, repositories, more, this.permissions);
  }

  /** This token, able to do only so much in only those repositories. */
  Token permitted(Set<String> only, Map<String, String> newPermissions) {
    return new Token(id, value, kind, login, scopes, only, lacking, newPermissions);
  }

  /** Whether it has a permission, by its name in a workflow. */
  boolean may(String permission, String access) {
    if (lacking.contains(permission)) {
      return false;
    }
    String level = permissions.getOrDefault(permission.replace('-', '_'), "");
    return permissions.isEmpty()
        || level.equals("admin")
        || level.equals("write")
        || level.equals(access);
  }

  boolean mayRead(boolean isPrivate, String repository) {
    return !isPrivate || repositories.contains(repository);
  }

  boolean mayWrite(boolean isPrivate, String repository) {
    if (repositories.contains(repository)) {
      return true;
    }
    return kind == Kind.USER
        && !isPrivate
        && (scopes.contains("repo") || scopes.contains("public_repo"));
  }

  /** Whose allowance this token spends. */
  String limitOwner() {
    return switch (kind) {
      case WORKFLOW -> "repository:" + String.join(",", repositories.stream().sorted().toList());
      case USER -> "user:" + login;
      case APP -> "installation:" + login;
    };
  }

  @Override
  public String toString() {
    return "Token[" + id + "]";
  }
}
