package io.github.cachemesh.testkit.github;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The labels that a repository offers. */
final class LabelEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/labels";

  private LabelEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", ROOT, LabelEndpoints::list)
        .on("POST", ROOT, LabelEndpoints::create)
        .on("GET", ROOT + "/{name}", call -> Reply.ok(label(call, call.repository())))
        .on("PATCH", ROOT + "/{name}", LabelEndpoints::update)
        .on("DELETE", ROOT + "/{name}", LabelEndpoints::delete);
  }

  /** The label of this name; GitHub makes one when an issue is given an unknown name. */
  static ObjectNode existingOrNew(Repository repository, String name) {
    return repository.labels.computeIfAbsent(
        name, _ -> repository.documents.label(repository.nextId(), name, "ededed", ""));
  }

  private static Reply list(Call call) {
    Repository repository = call.repository();
    return Page.of(
            List.copyOf(repository.labels.values()), call.request(), repository.linkPath("/labels"))
        .reply();
  }

  private static Reply create(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    String name = call.required(body, "Label", "name");
    if (repository.labels.containsKey(name)) {
      throw ApiFailure.invalid("Label", "name", "already_exists");
    }
    String color = body.path("color").stringValue("ededed");
    if (!color.matches("[0-9A-Fa-f]{6}")) {
      throw ApiFailure.invalid("Label", "color", "invalid");
    }
    ObjectNode label =
        repository.documents.label(
            repository.nextId(), name, color, body.path("description").stringValue(""));
    repository.labels.put(name, label);
    return Reply.created(label);
  }

  private static Reply update(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode label = label(call, repository);
    ObjectNode changes = call.body();
    for (String field : List.of("color", "description")) {
      JsonNode value = changes.path(field);
      if (value.isString()) {
        label.set(field, value);
      }
    }
    JsonNode newName = changes.path("new_name");
    if (newName.isString()) {
      repository.labels.remove(label.path("name").stringValue());
      label.set("name", newName);
      repository.labels.put(newName.stringValue(), label);
    }
    return Reply.json(200, label).validatedBy(Validator.NONE);
  }

  private static Reply delete(Call call) {
    Repository repository = call.writableRepository();
    label(call, repository);
    repository.labels.remove(call.variable("name"));
    return Reply.noContent();
  }

  private static ObjectNode label(Call call, Repository repository) {
    ObjectNode label = repository.labels.get(call.variable("name"));
    if (label == null) {
      throw ApiFailure.notFound();
    }
    return label;
  }
}
