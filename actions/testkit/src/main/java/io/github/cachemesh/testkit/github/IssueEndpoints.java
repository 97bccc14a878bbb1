package io.github.cachemesh.testkit.github;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Issues, their comments and their labels. */
final class IssueEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/issues";

  private IssueEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", ROOT, IssueEndpoints::list)
        .on("POST", ROOT, IssueEndpoints::create)
        .on(
            "GET",
            ROOT + "/comments/{id}",
            call -> Reply.ok(comment(call, call.repository()).document()))
        .on("PATCH", ROOT + "/comments/{id}", IssueEndpoints::updateComment)
        .on("DELETE", ROOT + "/comments/{id}", IssueEndpoints::deleteComment)
        .on("GET", ROOT + "/{number}", call -> represent(call, issue(call, call.repository())))
        .on("PATCH", ROOT + "/{number}", IssueEndpoints::update)
        .on("GET", ROOT + "/{number}/comments", IssueEndpoints::comments)
        .on("POST", ROOT + "/{number}/comments", IssueEndpoints::addComment)
        .on(
            "GET",
            ROOT + "/{number}/labels",
            call -> Reply.ok(labels(issue(call, call.repository()))))
        .on("POST", ROOT + "/{number}/labels", call -> setLabels(call, false))
        .on("PUT", ROOT + "/{number}/labels", call -> setLabels(call, true))
        .on("DELETE", ROOT + "/{number}/labels/{name}", IssueEndpoints::removeLabel);
  }

  /** Open issues unless the query says otherwise, newest first. */
  static List<ObjectNode> select(Collection<ObjectNode> issues, ApiRequest request) {
    String state = request.query("state", "open");
    String label = request.query("labels", "");
    Stream<ObjectNode> selected =
        issues.stream()
            .filter(issue -> state.equals("all") || issue.path("state").stringValue().equals(state))
            .filter(
                issue -> label.isEmpty() || labels(issue).values().stream().anyMatch(named(label)));
    Comparator<ObjectNode> order =
        Comparator.comparingInt(issue -> issue.path("number").intValue());
    if (request.query("sort", "created").equals("updated")) {
      order =
          Comparator.<ObjectNode, String>comparing(issue -> issue.path("updated_at").stringValue())
              .thenComparing(order);
    }
    boolean ascending = request.query("direction", "desc").equals("asc");
    return selected.sorted(ascending ? order : order.reversed()).toList();
  }

  /** The document in the representation that the media type asks for. */
  static Reply represent(Call call, ObjectNode document) {
    MediaType wanted = call.mediaType();
    String body = document.path("body").stringValue("");
    ObjectNode shown = document.deepCopy();
    if (wanted.is("full") || wanted.is("html")) {
      shown.put("body_html", "<p>" + body + "</p>");
    }
    if (wanted.is("full") || wanted.is("text")) {
      shown.put("body_text", body);
    }
    if (wanted.is("html") || wanted.is("text")) {
      shown.remove("body");
    }
    return Reply.ok(shown);
  }

  static ObjectNode open(Call call, Repository repository, String title, String body) {
    ObjectNode issue =
        repository.documents.issue(
            repository.nextNumber(), title, body, call.login(), call.timestamp());
    repository.addIssue(issue);
    return issue;
  }

  /** Changes the given fields of an issue or pull request. */
  static void change(Call call, ObjectNode document, ObjectNode changes) {
    JsonNode state = changes.path("state");
    if (state.isString()) {
      String wanted = state.stringValue();
      if (!List.of("open", "closed").contains(wanted)) {
        throw ApiFailure.invalid("Issue", "state", "invalid");
      }
      document.put("state", wanted);
      if (wanted.equals("closed")) {
        document.put("closed_at", call.timestamp());
      } else {
        document.putNull("closed_at");
      }
    }
    for (String field : List.of("title", "body")) {
      if (changes.path(field).isString()) {
        document.set(field, changes.path(field));
      }
    }
    document.put("updated_at", call.timestamp());
  }

  static ObjectNode addComment(Call call, Repository repository, ObjectNode issue, String body) {
    int number = issue.path("number").intValue();
    long id = repository.nextId();
    ObjectNode comment =
        repository.documents.comment(id, number, body, call.login(), call.timestamp());
    repository.comments.put(id, new Repository.Comment(number, comment));
    issue.put("comments", issue.path("comments").intValue() + 1);
    issue.put("updated_at", call.timestamp());
    return comment;
  }

  static int number(Call call) {
    try {
      return Integer.parseInt(call.variable("number"));
    } catch (NumberFormatException notANumber) {
      throw ApiFailure.notFound();
    }
  }

  private static Reply list(Call call) {
    Repository repository = call.repository();
    return Page.of(
            select(repository.issues.values(), call.request()),
            call.request(),
            repository.linkPath("/issues"))
        .reply();
  }

  private static Reply create(Call call) {
    if (call.caller() instanceof Caller.Anonymous) {
      throw ApiFailure.of(401, "Requires authentication");
    }
    // Anybody who may read a repository may open issues in it, but for Apps without permission.
    Permissions.require(call, "issues", "write");
    Repository repository = call.repository();
    ObjectNode body = call.body();
    String title = call.required(body, "Issue", "title");
    return Reply.created(open(call, repository, title, body.path("body").stringValue("")));
  }

  private static Reply update(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode issue = issue(call, repository);
    ObjectNode changes = call.body();
    change(call, issue, changes);
    ObjectNode pull = repository.pulls.get(number(call));
    if (pull != null) {
      change(call, pull, changes);
    }
    repository.countOpenIssues();
    return Reply.json(200, issue).validatedBy(Validator.NONE);
  }

  private static Reply comments(Call call) {
    Repository repository = call.repository();
    int number = issue(call, repository).path("number").intValue();
    List<ObjectNode> comments =
        repository.comments.values().stream()
            .filter(comment -> comment.issue() == number)
            .map(Repository.Comment::document)
            .toList();
    String linkPath = repository.linkPath("/issues/" + number + "/comments");
    return Page.of(comments, call.request(), linkPath).reply();
  }

  private static Reply addComment(Call call) {
    if (call.caller() instanceof Caller.Anonymous) {
      throw ApiFailure.of(401, "Requires authentication");
    }
    Permissions.require(call, "issues", "write");
    Repository repository = call.repository();
    ObjectNode issue = issue(call, repository);
    String body = call.required(call.body(), "IssueComment", "body");
    return Reply.created(addComment(call, repository, issue, body));
  }

  private static Reply updateComment(Call call) {
    ObjectNode comment = comment(call, call.writableRepository()).document();
    comment.put("body", call.required(call.body(), "IssueComment", "body"));
    comment.put("updated_at", call.timestamp());
    return Reply.json(200, comment).validatedBy(Validator.NONE);
  }

  private static Reply deleteComment(Call call) {
    Repository repository = call.writableRepository();
    Repository.Comment comment = comment(call, repository);
    repository.comments.remove(comment.document().path("id").longValue());
    ObjectNode issue = repository.issues.get(comment.issue());
    if (issue != null) {
      issue.put("comments", issue.path("comments").intValue() - 1);
    }
    return Reply.noContent();
  }

  private static Reply setLabels(Call call, boolean replace) {
    Repository repository = call.writableRepository();
    ArrayNode labels = labels(issue(call, repository));
    JsonNode names = call.body().path("labels");
    if (!names.isArray()) {
      throw ApiFailure.invalid("Label", "labels", "missing_field");
    }
    if (replace) {
      labels.removeAll();
    }
    for (JsonNode name : names.values()) {
      String wanted = name.asString();
      if (labels.values().stream().noneMatch(named(wanted))) {
        labels.add(LabelEndpoints.existingOrNew(repository, wanted).deepCopy());
      }
    }
    return Reply.json(200, labels).validatedBy(Validator.NONE);
  }

  private static Reply removeLabel(Call call) {
    ArrayNode labels = labels(issue(call, call.writableRepository()));
    String name = call.variable("name");
    for (int i = 0; i < labels.size(); i++) {
      if (named(name).test(labels.get(i))) {
        labels.remove(i);
        return Reply.json(200, labels).validatedBy(Validator.NONE);
      }
    }
    throw ApiFailure.of(404, "Label does not exist");
  }

  private static ObjectNode issue(Call call, Repository repository) {
    ObjectNode issue = repository.issues.get(number(call));
    if (issue == null) {
      throw ApiFailure.notFound();
    }
    return issue;
  }

  private static Repository.Comment comment(Call call, Repository repository) {
    Repository.Comment comment = repository.comments.get(ReleaseEndpoints.id(call));
    if (comment == null) {
      throw ApiFailure.notFound();
    }
    return comment;
  }

  private static ArrayNode labels(ObjectNode issue) {
    return (ArrayNode) issue.path("labels");
  }

  private static Predicate<JsonNode> named(String name) {
    return label -> label.path("name").stringValue("").equals(name);
  }
}
