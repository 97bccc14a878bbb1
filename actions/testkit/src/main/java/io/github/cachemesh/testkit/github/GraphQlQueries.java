package io.github.cachemesh.testkit.github;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Entry points of queries, and the fields of a repository that are not plain members. */
final class GraphQlQueries {
  private GraphQlQueries() {}

  static TypeRuntimeWiring.Builder query() {
    return TypeRuntimeWiring.newTypeWiring("Query")
        .dataFetcher("viewer", env -> Documents.user(call(env).login()))
        .dataFetcher("user", env -> Documents.user(env.getArgumentOrDefault("login", "ghost")))
        .dataFetcher("rateLimit", GraphQlQueries::rateLimit)
        .dataFetcher("repository", GraphQlQueries::find);
  }

  static TypeRuntimeWiring.Builder repository() {
    return TypeRuntimeWiring.newTypeWiring("Repository")
        .dataFetcher("nameWithOwner", env -> string(env, "full_name"))
        .dataFetcher("homepageUrl", env -> string(env, "homepage"))
        .dataFetcher("isPrivate", env -> flag(env, "private"))
        .dataFetcher("isFork", env -> flag(env, "fork"))
        .dataFetcher("isArchived", env -> flag(env, "archived"))
        .dataFetcher("isTemplate", env -> flag(env, "is_template"))
        .dataFetcher("hasIssuesEnabled", env -> flag(env, "has_issues"))
        .dataFetcher("hasWikiEnabled", env -> flag(env, "has_wiki"))
        .dataFetcher("mergeCommitAllowed", _ -> true)
        .dataFetcher("rebaseMergeAllowed", _ -> true)
        .dataFetcher("squashMergeAllowed", _ -> true)
        .dataFetcher(
            "visibility", env -> GraphQlSchema.upper(GraphQlSchema.source(env).path("visibility")))
        .dataFetcher("viewerPermission", env -> mayWrite(env) ? "WRITE" : "READ")
        .dataFetcher("stargazerCount", env -> number(env, "stargazers_count"))
        .dataFetcher("forkCount", env -> number(env, "forks_count"))
        .dataFetcher("licenseInfo", env -> GraphQlSchema.source(env).path("license"))
        .dataFetcher("defaultBranchRef", GraphQlQueries::defaultBranch)
        .dataFetcher("parent", _ -> null)
        .dataFetcher("issue", env -> numbered(env, of(env).issues))
        .dataFetcher("pullRequest", env -> numbered(env, of(env).pulls))
        .dataFetcher("issueOrPullRequest", GraphQlQueries::either)
        .dataFetcher("issues", GraphQlQueries::issues)
        .dataFetcher("pullRequests", GraphQlQueries::pulls)
        .dataFetcher("release", GraphQlQueries::release)
        .dataFetcher(
            "releases",
            env -> GraphQlPage.of(env, List.copyOf(of(env).releases.descendingMap().values())));
  }

  static GraphQlPage comments(DataFetchingEnvironment env) {
    ObjectNode issue = GraphQlSchema.source(env);
    int number = issue.path("number").intValue();
    List<JsonNode> comments =
        repositoryAt(env, issue).comments.values().stream()
            .filter(comment -> comment.issue() == number)
            .<JsonNode>map(Repository.Comment::document)
            .toList();
    return GraphQlPage.of(env, comments);
  }

  static boolean isLatest(DataFetchingEnvironment env) {
    ObjectNode release = GraphQlSchema.source(env);
    return repositoryAt(env, release).releases.lastEntry().getValue() == release;
  }

  /** The repository that a document with a REST {@code url} belongs to. */
  private static Repository repositoryAt(DataFetchingEnvironment env, ObjectNode document) {
    String[] path = document.path("url").stringValue().split("/");
    return call(env).world().repository(path[4] + "/" + path[5]).orElseThrow();
  }

  static Call call(DataFetchingEnvironment env) {
    return env.getGraphQlContext().get(GraphQlService.CALL);
  }

  private static Object rateLimit(DataFetchingEnvironment env) {
    PrimaryLimits.Status status = env.getGraphQlContext().get(GraphQlService.STATUS);
    int cost = env.getGraphQlContext().get(GraphQlService.COST);
    ObjectNode limit = Json.object();
    limit.put("cost", cost).put("limit", status.limit()).put("used", status.used() + cost);
    limit.put("remaining", Math.max(0, status.remaining() - cost)).put("node_count", 0);
    return limit.put("reset_at", status.reset().toString());
  }

  private static DataFetcherResult<Object> find(DataFetchingEnvironment env) {
    String name = env.getArgument("owner") + "/" + env.getArgument("name");
    Call call = call(env);
    Optional<Repository> found =
        call.world()
            .repository(name)
            .filter(repository -> call.caller().mayRead(repository.isPrivate(), name));
    DataFetcherResult.Builder<Object> result = DataFetcherResult.newResult();
    return found.isPresent()
        ? result.data(found.get().document()).build()
        : result.error(GraphQlService.notFound("Repository with the name '" + name + "'")).build();
  }

  private static Object defaultBranch(DataFetchingEnvironment env) {
    ObjectNode branch = Json.object();
    branch.put("node_id", "UkVGX21haW4").put("prefix", "refs/heads/");
    return branch.put("name", string(env, "default_branch"));
  }

  private static DataFetcherResult<Object> numbered(
      DataFetchingEnvironment env, Map<Integer, ObjectNode> documents) {
    int number = env.getArgumentOrDefault("number", 0);
    ObjectNode found = documents.get(number);
    DataFetcherResult.Builder<Object> result = DataFetcherResult.newResult();
    return found != null && (found.has("head") || !found.has("pull_request"))
        ? result.data(found).build()
        : result.error(GraphQlService.notFound("node with the number of " + number)).build();
  }

  private static DataFetcherResult<Object> either(DataFetchingEnvironment env) {
    Repository repository = of(env);
    Map<Integer, ObjectNode> all = new HashMap<>(repository.issues);
    all.putAll(repository.pulls);
    return numbered(env, all);
  }

  private static GraphQlPage issues(DataFetchingEnvironment env) {
    return page(
        env,
        of(env).issues.descendingMap().values().stream()
            .filter(issue -> !issue.has("pull_request"))
            .toList());
  }

  private static GraphQlPage pulls(DataFetchingEnvironment env) {
    String head = env.getArgument("headRefName");
    return page(
        env,
        of(env).pulls.descendingMap().values().stream()
            .filter(
                pull -> head == null || pull.path("head").path("ref").stringValue().equals(head))
            .toList());
  }

  private static GraphQlPage page(DataFetchingEnvironment env, Collection<ObjectNode> documents) {
    List<String> states = env.getArgument("states");
    List<JsonNode> selected =
        documents.stream()
            .filter(
                document -> states == null || states.contains(GraphQlSchema.pullState(document)))
            .<JsonNode>map(document -> document)
            .toList();
    return GraphQlPage.of(env, selected);
  }

  private static @Nullable Object release(DataFetchingEnvironment env) {
    return ReleaseEndpoints.withTag(of(env), env.getArgumentOrDefault("tagName", "")).orElse(null);
  }

  private static Repository of(DataFetchingEnvironment env) {
    return call(env).world().repository(string(env, "full_name")).orElseThrow();
  }

  private static boolean mayWrite(DataFetchingEnvironment env) {
    return call(env).caller().mayWrite(flag(env, "private"), string(env, "full_name"));
  }

  private static String string(DataFetchingEnvironment env, String member) {
    return GraphQlSchema.source(env).path(member).asString("");
  }

  private static boolean flag(DataFetchingEnvironment env, String member) {
    return GraphQlSchema.source(env).path(member).asBoolean(false);
  }

  private static int number(DataFetchingEnvironment env, String member) {
    return GraphQlSchema.source(env).path(member).asInt(0);
  }
}
