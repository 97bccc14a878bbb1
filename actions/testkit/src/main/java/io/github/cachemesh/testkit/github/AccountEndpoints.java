package io.github.cachemesh.testkit.github;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Users, organisations, the caller itself, and search. */
final class AccountEndpoints {
  private AccountEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", "/user", AccountEndpoints::self)
        .on("GET", "/user/repos", AccountEndpoints::ownRepositories)
        .on("GET", "/users/{login}", call -> Reply.ok(profile(call.variable("login"))))
        .on("GET", "/users/{login}/repos", call -> repositoriesOf(call, "users"))
        .on("GET", "/orgs/{login}", call -> Reply.ok(organization(call)))
        .on("GET", "/orgs/{login}/repos", call -> repositoriesOf(call, "orgs"))
        .on("GET", "/notifications", AccountEndpoints::notifications)
        .on("GET", "/search/issues", AccountEndpoints::searchIssues)
        .on("GET", "/search/repositories", AccountEndpoints::searchRepositories)
        .on(
            "GET",
            "/zen",
            _ -> Reply.text("Keep it logically awesome.", "text/plain;charset=utf-8"));
  }

  private static Reply self(Call call) {
    return Reply.ok(profile(authorised(call).login()));
  }

  private static Reply ownRepositories(Call call) {
    authorised(call);
    List<ObjectNode> own = RepositoryEndpoints.readableBy(call);
    return Page.of(own, call.request(), "/user/repos").reply();
  }

  private static Reply notifications(Call call) {
    authorised(call);
    return Reply.ok(Json.array());
  }

  private static Token authorised(Call call) {
    if (call.caller() instanceof Caller.Authorised(Token token)) {
      return token;
    }
    throw ApiFailure.of(401, "Requires authentication");
  }

  private static ObjectNode profile(String login) {
    ObjectNode profile = Documents.user(login);
    profile.put("name", login).putNull("company").put("blog", "").putNull("location");
    profile.putNull("email").putNull("hireable").putNull("bio").putNull("twitter_username");
    profile.put("public_repos", 12).put("public_gists", 0).put("followers", 3).put("following", 4);
    profile.put("created_at", "2019-01-01T00:00:00Z").put("updated_at", "2026-01-01T00:00:00Z");
    return profile;
  }

  private static ObjectNode organization(Call call) {
    String login = call.variable("login");
    if (ownedBy(call, login).findAny().isEmpty()) {
      throw ApiFailure.notFound();
    }
    return Documents.organization(login).put("description", "The " + login + " organisation");
  }

  private static Reply repositoriesOf(Call call, String kind) {
    String login = call.variable("login");
    List<ObjectNode> owned = ownedBy(call, login).toList();
    return Page.of(owned, call.request(), "/" + kind + "/" + login + "/repos").reply();
  }

  private static Stream<ObjectNode> ownedBy(Call call, String login) {
    return RepositoryEndpoints.readableBy(call).stream()
        .filter(found -> found.path("full_name").stringValue().startsWith(login + "/"));
  }

  private static Reply searchIssues(Call call) {
    String words = freeWords(call);
    List<ObjectNode> found =
        RepositoryEndpoints.readableBy(call).stream()
            .map(document -> document.path("full_name").stringValue())
            .filter(name -> !query(call).contains("repo:") || query(call).contains("repo:" + name))
            .flatMap(name -> call.world().repository(name).stream())
            .flatMap(repository -> repository.issues.descendingMap().values().stream())
            .filter(issue -> issue.path("title").stringValue().contains(words))
            .toList();
    return results(call, found, "/search/issues");
  }

  private static Reply searchRepositories(Call call) {
    String words = freeWords(call);
    List<ObjectNode> found =
        RepositoryEndpoints.readableBy(call).stream()
            .filter(document -> document.path("full_name").stringValue().contains(words))
            .toList();
    return results(call, found, "/search/repositories");
  }

  private static Reply results(Call call, List<ObjectNode> found, String path) {
    Page page = Page.of(found, call.request(), path);
    ObjectNode result = Json.object();
    result.put("total_count", found.size()).put("incomplete_results", false);
    result.set("items", page.items());
    return page.linked(Reply.ok(result));
  }

  private static String query(Call call) {
    String query = call.request().query("q", "");
    if (query.isBlank()) {
      throw ApiFailure.invalid("Search", "q", "missing");
    }
    return query;
  }

  private static String freeWords(Call call) {
    return String.join(
        " ", Stream.of(query(call).split(" ")).filter(word -> !word.contains(":")).toList());
  }
}
