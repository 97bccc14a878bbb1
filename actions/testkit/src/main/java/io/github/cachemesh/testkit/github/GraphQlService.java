package io.github.cachemesh.testkit.github;

import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The GraphQL API over the same documents as REST: errors are answered with 200, there is no ETag,
 * and each query has a cost of its own. Guarded by the lock of {@link ApiService}.
 */
final class GraphQlService {
  static final String CALL = "call";
  static final String STATUS = "status";
  static final String COST = "cost";

  private final GraphQL graphQl = GraphQL.newGraphQL(GraphQlSchema.build()).build();

  /** An answer and the points that it costs. */
  record Result(Reply reply, int cost) {}

  Result answer(Call call, PrimaryLimits.Status status) {
    if (!call.request().method().equals("POST")) {
      throw ApiFailure.notFound();
    }
    if (!(call.caller() instanceof Caller.Authorised)) {
      throw ApiFailure.of(401, "This endpoint requires you to be authenticated.");
    }
    ObjectNode body = call.body();
    String query = body.path("query").stringValue("");
    if (query.isBlank()) {
      return new Result(
          reply(error("A query attribute must be specified and must be a string.")), 1);
    }
    Map<String, Object> variables = variables(body.path("variables"));
    int cost = cost(query, variables);
    Map<String, Object> context = Map.of(CALL, call, STATUS, status, COST, cost);
    ExecutionResult result =
        graphQl.execute(
            ExecutionInput.newExecutionInput(query)
                .operationName(operation(body))
                .variables(variables)
                .graphQLContext(context)
                .build());
    ObjectNode answer = Json.object();
    if (result.isDataPresent()) {
      answer.set("data", Json.MAPPER.valueToTree(result.getData()));
    }
    if (!result.getErrors().isEmpty()) {
      ArrayNode errors = answer.putArray("errors");
      result.getErrors().forEach(found -> errors.add(describe(found)));
    }
    return new Result(reply(answer), cost);
  }

  /** How GitHub refuses a query when the allowance of points is spent. */
  static Reply rateLimited() {
    ObjectNode answer = Json.object();
    ObjectNode error = answer.putArray("errors").addObject();
    error.put("type", "RATE_LIMITED").put("message", "API rate limit exceeded");
    return reply(answer);
  }

  static GraphQLError notFound(String what) {
    return GraphqlErrorBuilder.newError()
        .message("Could not resolve to a " + what + ".")
        .errorType(ErrorType.DataFetchingException)
        .extensions(Map.of("type", "NOT_FOUND"))
        .build();
  }

  private static Reply reply(JsonNode body) {
    return Reply.ok(body).validatedBy(Validator.NONE);
  }

  private static ObjectNode error(String message) {
    ObjectNode answer = Json.object();
    answer.putArray("errors").addObject().put("message", message);
    return answer;
  }

  /** GitHub puts an error's type beside its message. */
  private static ObjectNode describe(GraphQLError error) {
    ObjectNode described = Json.MAPPER.valueToTree(error.toSpecification());
    JsonNode type = described.path("extensions").path("type");
    if (type.isString()) {
      described.set("type", type);
      described.remove("extensions");
    }
    return described;
  }

  private static @Nullable String operation(ObjectNode body) {
    return body.path("operationName").isString() ? body.path("operationName").stringValue() : null;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> variables(JsonNode node) {
    return node.isObject() ? Json.MAPPER.convertValue(node, HashMap.class) : Map.of();
  }

  private static int cost(String query, Map<String, Object> variables) {
    try {
      Document document = Parser.parse(query);
      return GraphQlCost.of(document, variables);
    } catch (InvalidSyntaxException malformed) {
      return 1;
    }
  }
}
