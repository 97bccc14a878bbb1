package io.github.cachemesh.testkit.github;

import graphql.Scalars;
import graphql.schema.DataFetcher;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLCodeRegistry;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import graphql.schema.idl.TypeRuntimeWiring;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wires the schema to REST documents: a field is the member of the same name in snake case. */
final class GraphQlSchema {
  private GraphQlSchema() {}

  static GraphQLSchema build() {
    RuntimeWiring wiring =
        RuntimeWiring.newRuntimeWiring()
            .scalar(text("DateTime"))
            .scalar(text("URI"))
            .type(GraphQlQueries.query())
            .type(GraphQlQueries.repository())
            .type(GraphQlMutations.mutation())
            .type(issue())
            .type(pullRequest())
            .type(release())
            .type(resolved("Actor"))
            .type(resolved("RepositoryOwner"))
            .type(issueOrPullRequest())
            .codeRegistry(
                GraphQLCodeRegistry.newCodeRegistry()
                    .defaultDataFetcher(_ -> (DataFetcher<Object>) GraphQlSchema::member)
                    .build())
            .build();
    try (Reader sdl =
        new InputStreamReader(
            Objects.requireNonNull(GraphQlSchema.class.getResourceAsStream("schema.graphqls")),
            StandardCharsets.UTF_8)) {
      return new SchemaGenerator().makeExecutableSchema(new SchemaParser().parse(sdl), wiring);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode source(DataFetchingEnvironment env) {
    return Objects.requireNonNull(env.<ObjectNode>getSource(), "a document as source");
  }

  /** What Java calls the JSON value, as graphql-java wants it. */
  static @Nullable Object plain(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.stringValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.isIntegralNumber() ? (Object) value.longValue() : value.doubleValue();
      case ARRAY, OBJECT -> value;
      default -> null;
    };
  }

  private static @Nullable Object member(DataFetchingEnvironment env) {
    Object source = env.getSource();
    if (source instanceof GraphQlPage page) {
      return page.field(env.getField().getName());
    }
    if (!(source instanceof ObjectNode document)) {
      return null;
    }
    String name = env.getField().getName();
    return switch (name) {
      case "id" -> document.path("node_id").asString("");
      case "databaseId" -> document.path("id").longValue() % Integer.MAX_VALUE;
      case "url" -> document.path("html_url").asString("");
      case "author" -> plain(document.path(document.has("user") ? "user" : "author"));
      default -> plain(document.path(snakeCase(name)));
    };
  }

  private static TypeRuntimeWiring.Builder issue() {
    return discussion("Issue")
        .dataFetcher("state", env -> upper(source(env).path("state")))
        .dataFetcher("stateReason", env -> upper(source(env).path("state_reason")));
  }

  private static TypeRuntimeWiring.Builder pullRequest() {
    return discussion("PullRequest")
        .dataFetcher("state", env -> pullState(source(env)))
        .dataFetcher("merged", env -> source(env).path("merged_at").isString())
        .dataFetcher("isDraft", env -> source(env).path("draft").booleanValue())
        .dataFetcher("baseRefName", env -> at(env, "base", "ref"))
        .dataFetcher("headRefName", env -> at(env, "head", "ref"))
        .dataFetcher("headRefOid", env -> at(env, "head", "sha"))
        .dataFetcher("headRepository", env -> at(env, "head", "repo"))
        .dataFetcher("headRepositoryOwner", env -> at(env, "head", "user"))
        .dataFetcher("isCrossRepository", _ -> false)
        .dataFetcher("mergeable", _ -> "MERGEABLE");
  }

  /** What issues and pull requests share. */
  private static TypeRuntimeWiring.Builder discussion(String type) {
    return TypeRuntimeWiring.newTypeWiring(type)
        .dataFetcher("closed", env -> !Repository.isOpen(source(env)))
        .dataFetcher("labels", env -> GraphQlPage.of(env, source(env).path("labels")))
        .dataFetcher("assignees", env -> GraphQlPage.of(env, source(env).path("assignees")))
        .dataFetcher("comments", GraphQlQueries::comments);
  }

  private static TypeRuntimeWiring.Builder release() {
    return TypeRuntimeWiring.newTypeWiring("Release")
        .dataFetcher("description", env -> plain(source(env).path("body")))
        .dataFetcher("isDraft", env -> plain(source(env).path("draft")))
        .dataFetcher("isPrerelease", env -> plain(source(env).path("prerelease")))
        .dataFetcher("isLatest", GraphQlQueries::isLatest);
  }

  private static TypeRuntimeWiring.Builder resolved(String type) {
    return TypeRuntimeWiring.newTypeWiring(type)
        .typeResolver(env -> env.getSchema().getObjectType("User"));
  }

  private static TypeRuntimeWiring.Builder issueOrPullRequest() {
    return TypeRuntimeWiring.newTypeWiring("IssueOrPullRequest")
        .typeResolver(
            env -> {
              ObjectNode document = env.getObject();
              return env.getSchema().getObjectType(document.has("head") ? "PullRequest" : "Issue");
            });
  }

  private static GraphQLScalarType text(String name) {
    return Scalars.GraphQLString.transform(scalar -> scalar.name(name));
  }

  static @Nullable String upper(JsonNode value) {
    return value.isString() ? value.stringValue().toUpperCase(Locale.ROOT) : null;
  }

  static @Nullable String pullState(ObjectNode pull) {
    return pull.path("merged_at").isString() ? "MERGED" : upper(pull.path("state"));
  }

  private static @Nullable Object at(DataFetchingEnvironment env, String outer, String inner) {
    return plain(source(env).path(outer).path(inner));
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
