package io.github.cachemesh.core.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The route of a path with its parameters taken out, {@code /repos/{}/{}/issues/{}}: what time to
 * live and trust in the ETag formula hang on.
 *
 * <p>Every segment that is not a word of the API counts as a parameter, and at most {@link
 * #MAX_SEGMENTS} segments count, as many as the longest route has.
 */
public record RouteTemplate(String text) {
  static final int MAX_SEGMENTS = 10;

  private static final String PARAMETER = "{}";
  private static final String REST = "{*}";

  /** How many parameters follow a path's first word. */
  private static final Map<String, Integer> LEADING_PARAMETERS =
      Map.ofEntries(
          Map.entry("repos", 2),
          Map.entry("users", 1),
          Map.entry("orgs", 1),
          Map.entry("organizations", 1),
          Map.entry("enterprises", 1),
          Map.entry("repositories", 1),
          Map.entry("gists", 1),
          Map.entry("apps", 1),
          Map.entry("licenses", 1));

  /** Words that name a thing by free text, so that whatever follows is a parameter. */
  private static final Set<String> NAMING =
      Set.of(
          "branches",
          "labels",
          "environments",
          "workflows",
          "collaborators",
          "assignees",
          "secrets",
          "variables",
          "commits",
          "members",
          "teams",
          "milestones",
          "packages",
          "installations");

  /** Words after which a path of any length follows. */
  private static final Set<String> PATH_NAMING =
      Set.of(
          "contents",
          "readme",
          "tarball",
          "zipball",
          "ref",
          "refs",
          "matching-refs",
          "trees",
          "compare",
          "tags");

  private static final Set<String> WORDS =
      Set.of(
          "actions",
          "activity",
          "advisories",
          "alerts",
          "analyses",
          "approvals",
          "archive",
          "artifacts",
          "assets",
          "assignees",
          "attempts",
          "autolinks",
          "billing",
          "blobs",
          "branches",
          "caches",
          "check-runs",
          "check-suites",
          "code-scanning",
          "code_search",
          "codeowners",
          "codespaces",
          "collaborators",
          "comments",
          "commits",
          "community",
          "compare",
          "contents",
          "contributors",
          "copilot",
          "dependabot",
          "dependency-graph",
          "deployments",
          "dispatches",
          "download",
          "environments",
          "errors",
          "events",
          "files",
          "followers",
          "following",
          "forks",
          "generate-notes",
          "gists",
          "git",
          "hooks",
          "installation",
          "installations",
          "invitations",
          "issues",
          "jobs",
          "keys",
          "labels",
          "languages",
          "latest",
          "license",
          "logs",
          "members",
          "memberships",
          "merge",
          "merges",
          "milestones",
          "notifications",
          "organization-secrets",
          "orgs",
          "outside_collaborators",
          "packages",
          "pages",
          "pending_deployments",
          "permissions",
          "profile",
          "projects",
          "properties",
          "protection",
          "public-key",
          "pulls",
          "reactions",
          "readme",
          "received_events",
          "ref",
          "refs",
          "releases",
          "repos",
          "repositories",
          "requested_reviewers",
          "reviews",
          "rules",
          "rulesets",
          "runners",
          "runs",
          "sarifs",
          "sbom",
          "search",
          "secret-scanning",
          "secrets",
          "starred",
          "stargazers",
          "stats",
          "status",
          "statuses",
          "subscribers",
          "subscription",
          "subscriptions",
          "tags",
          "tarball",
          "teams",
          "timeline",
          "timing",
          "topics",
          "traffic",
          "trees",
          "users",
          "variables",
          "versions",
          "workflows",
          "zipball",
          "matching-refs",
          "usage",
          "values");

  public static RouteTemplate of(ResourceKey resource) {
    List<String> segments = ApiPath.segments(resource.path());
    if (segments.isEmpty()) {
      return new RouteTemplate("/");
    }
    String first = segments.getFirst();
    int parametersAhead = LEADING_PARAMETERS.getOrDefault(first, 0);
    List<String> template = new ArrayList<>(segments.size());
    boolean word = WORDS.contains(first) || parametersAhead > 0;
    template.add(word ? first : PARAMETER);
    for (int i = 1; i < segments.size(); i++) {
      if (i == MAX_SEGMENTS) {
        template.add(REST);
        break;
      }
      String segment = segments.get(i);
      boolean named = i <= parametersAhead || (word && NAMING.contains(segments.get(i - 1)));
      word = !named && WORDS.contains(segment);
      template.add(word ? segment : PARAMETER);
      if (word && PATH_NAMING.contains(segment) && i + 1 < segments.size()) {
        template.add(REST);
        break;
      }
    }
    return new RouteTemplate("/" + String.join("/", template));
  }

  /** The original's name for what the route asks, under which a time to live can be configured. */
  public String operation() {
    return switch (text) {
      case "/users/{}/repos", "/orgs/{}/repos", "/installation/repositories" -> "list_repos";
      case "/repos/{}/{}" -> "get_repo_info";
      case "/repos/{}/{}/actions/workflows" -> "list_workflows";
      case "/repos/{}/{}/actions/runs", "/repos/{}/{}/actions/workflows/{}/runs" ->
          "get_workflow_runs";
      case "/repos/{}/{}/actions/runs/{}" -> "get_workflow_run";
      case "/repos/{}/{}/actions/runners", "/orgs/{}/actions/runners" -> "list_runners";
      case "/repos/{}/{}/actions/runners/{}", "/orgs/{}/actions/runners/{}" -> "get_runner_status";
      case "/repos/{}/{}/code-scanning/analyses", "/repos/{}/{}/code-scanning/analyses/{}" ->
          "codeql_results";
      default -> "default";
    };
  }
}
