package io.github.cachemesh.testkit.github;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A routed request: what an endpoint needs to answer it. */
record Call(
    ApiRequest request, Caller caller, Map<String, String> variables, World world, Instant now) {

  String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no variable " + name);
    }
    return value;
  }

  /** The repository in the path; 404 where it does not exist or the caller may not know of it. */
  Repository repository() {
    Repository repository =
        world
            .repository(variable("owner") + "/" + variable("repo"))
            .orElseThrow(ApiFailure::notFound);
    if (!caller.mayRead(repository.isPrivate(), repository.fullName())) {
      throw ApiFailure.notFound();
    }
    if (repository.isPrivate() && isOfInstallation()) {
      Permissions.requireForPath(this, "read");
    }
    return repository;
  }

  private boolean isOfInstallation() {
    return caller instanceof Caller.Authorised(Token token) && !token.permissions().isEmpty();
  }

  /** The repository in the path, for a write; refused as GitHub refuses it. */
  Repository writableRepository() {
    Repository repository = repository();
    if (caller instanceof Caller.Anonymous) {
      throw ApiFailure.of(401, "Requires authentication");
    }
    if (!caller.mayWrite(repository.isPrivate(), repository.fullName())) {
      throw ApiFailure.of(403, "Resource not accessible by integration");
    }
    if (isOfInstallation()) {
      Permissions.requireForPath(this, "write");
    }
    return repository;
  }

  MediaType mediaType() {
    return MediaType.of(request.header("Accept"));
  }

  ObjectNode body() {
    return Json.parseObject(request.body());
  }

  /** A string that the body must hold, else 422. */
  String required(ObjectNode body, String resource, String field) {
    JsonNode value = body.path(field);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw ApiFailure.invalid(resource, field, "missing_field");
    }
    return value.stringValue();
  }

  /** The login that writes are attributed to. */
  String login() {
    return caller instanceof Caller.Authorised(Token token) ? token.login() : "ghost";
  }

  /** The present moment to the second, as GitHub writes times. */
  String timestamp() {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
