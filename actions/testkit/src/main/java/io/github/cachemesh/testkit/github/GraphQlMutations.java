package io.github.cachemesh.testkit.github;

import graphql.execution.DataFetcherResult;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.idl.TypeRuntimeWiring;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The mutations that {@code gh issue create}, {@code comment} and {@code close} send. */
final class GraphQlMutations {
  private GraphQlMutations() {}

  private record Place(Repository repository, ObjectNode document) {}

  static TypeRuntimeWiring.Builder mutation() {
    return TypeRuntimeWiring.newTypeWiring("Mutation")
        .dataFetcher("createIssue", GraphQlMutations::createIssue)
        .dataFetcher("addComment", GraphQlMutations::addComment)
        .dataFetcher("closeIssue", GraphQlMutations::closeIssue);
  }

  private static DataFetcherResult<Object> createIssue(DataFetchingEnvironment env) {
    String id = input(env, "repositoryId");
    Call call = GraphQlQueries.call(env);
    Stream<Place> places =
        readable(call).map(repository -> new Place(repository, repository.document()));
    return change(
        places,
        id,
        (place, result) ->
            result.set(
                "issue",
                IssueEndpoints.open(
                    call, place.repository(), input(env, "title"), input(env, "body"))));
  }

  private static DataFetcherResult<Object> addComment(DataFetchingEnvironment env) {
    Call call = GraphQlQueries.call(env);
    return change(
        issues(call),
        input(env, "subjectId"),
        (place, result) -> {
          ObjectNode edge = result.putObject("comment_edge").put("cursor", "Y3Vyc29y");
          edge.set(
              "node",
              IssueEndpoints.addComment(
                  call, place.repository(), place.document(), input(env, "body")));
        });
  }

  private static DataFetcherResult<Object> closeIssue(DataFetchingEnvironment env) {
    Call call = GraphQlQueries.call(env);
    return change(
        issues(call),
        input(env, "issueId"),
        (place, result) -> {
          IssueEndpoints.change(call, place.document(), Json.object().put("state", "closed"));
          place.repository().countOpenIssues();
          result.set("issue", place.document());
        });
  }

  private static DataFetcherResult<Object> change(
      Stream<Place> places, String id, BiConsumer<Place, ObjectNode> action) {
    Optional<Place> found =
        places
            .filter(place -> place.document().path("node_id").stringValue("").equals(id))
            .findFirst();
    DataFetcherResult.Builder<Object> result = DataFetcherResult.newResult();
    if (found.isEmpty()) {
      return result
          .error(GraphQlService.notFound("node with the global id of '" + id + "'"))
          .build();
    }
    ObjectNode payload = Json.object();
    action.accept(found.get(), payload);
    return result.data(payload).build();
  }

  private static Stream<Place> issues(Call call) {
    return readable(call)
        .flatMap(
            repository ->
                repository.issues.values().stream().map(issue -> new Place(repository, issue)));
  }

  private static Stream<Repository> readable(Call call) {
    return call.world().declared().stream()
        .filter(declared -> call.caller().mayRead(declared.isPrivate(), declared.fullName()))
        .flatMap(declared -> call.world().repository(declared.fullName()).stream());
  }

  private static String input(DataFetchingEnvironment env, String field) {
    Map<String, Object> input = env.getArgumentOrDefault("input", Map.of());
    return input.get(field) instanceof String text ? text : "";
  }
}
