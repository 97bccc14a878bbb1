package io.github.cachemesh.testkit.github;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an App asks by its JWT, and an installation about its own token. */
final class AppEndpoints {
  private static final List<String> LEVELS = List.of("read", "write", "admin");

  private final Apps apps;

  private AppEndpoints(Apps apps) {
    this.apps = apps;
  }

  static void register(Router router, Apps apps) {
    AppEndpoints endpoints = new AppEndpoints(apps);
    router
        .on("GET", "/app", call -> Reply.ok(document(app(call))))
        .on("GET", "/app/installations", AppEndpoints::installations)
        .on("GET", "/app/installations/{id}", call -> Reply.ok(byId(call)))
        .on("POST", "/app/installations/{id}/access_tokens", endpoints::mint)
        .on("GET", "/repos/{owner}/{repo}/installation", AppEndpoints::ofRepository)
        .on("GET", "/orgs/{account}/installation", AppEndpoints::ofAccount)
        .on("GET", "/users/{account}/installation", AppEndpoints::ofAccount)
        .on("GET", "/installation/repositories", AppEndpoints::ownRepositories)
        .on("DELETE", "/installation/token", endpoints::revoke);
  }

  private static App app(Call call) {
    if (call.caller() instanceof Caller.ByApp(App app)) {
      return app;
    }
    throw ApiFailure.of(401, "A JSON web token could not be decoded");
  }

  private static Reply installations(Call call) {
    App app = app(call);
    List<ObjectNode> all =
        app.installations().stream().map(installation -> document(app, installation)).toList();
    return Page.of(all, call.request(), "/app/installations").reply();
  }

  private static ObjectNode byId(Call call) {
    return document(app(call), installation(call));
  }

  private static App.Installation installation(Call call) {
    return find(call, installation -> Long.toString(installation.id()).equals(call.variable("id")));
  }

  private static Reply ofRepository(Call call) {
    String name = call.variable("owner") + "/" + call.variable("repo");
    return Reply.ok(document(app(call), find(call, found -> repository(found, name).isPresent())));
  }

  private static Reply ofAccount(Call call) {
    return Reply.ok(
        document(
            app(call),
            find(call, found -> found.account().equalsIgnoreCase(call.variable("account")))));
  }

  private static App.Installation find(Call call, Predicate<App.Installation> wanted) {
    return app(call).installations().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(ApiFailure::notFound);
  }

  private static Optional<String> repository(App.Installation in, String fullName) {
    return in.repositories().stream().filter(fullName::equalsIgnoreCase).findFirst();
  }

  private Reply mint(Call call) {
    App.Installation in = installation(call);
    ObjectNode body = call.request().body().length == 0 ? Json.object() : call.body();
    Set<String> repositories = repositories(call, in, body);
    Map<String, String> permissions = permissions(in, body.path("permissions"));
    Apps.Minted minted = apps.mint(app(call), in, repositories, permissions);
    ObjectNode document = Json.object();
    document.put("token", minted.token().value()).put("expires_at", minted.expires().toString());
    permissions.forEach(document.putObject("permissions")::put);
    document.put("repository_selection", "selected");
    document.set("repositories", documents(call, repositories));
    return Reply.json(201, document);
  }

  private static Set<String> repositories(Call call, App.Installation in, ObjectNode body) {
    if (!body.has("repositories") && !body.has("repository_ids")) {
      return in.repositories();
    }
    Set<String> asked = new TreeSet<>();
    for (JsonNode name : body.path("repositories")) {
      asked.add(in.account() + "/" + name.asString(""));
    }
    for (JsonNode id : body.path("repository_ids")) {
      asked.add(call.world().nameOf(id.asLong(0)).orElse(""));
    }
    Set<String> known = new TreeSet<>();
    for (String name : asked) {
      known.add(
          repository(in, name)
              .orElseThrow(
                  () ->
                      ApiFailure.of(
                          422,
                          "There is at least one repository that does not exist or is not"
                              + " accessible to the parent installation.")));
    }
    return known;
  }

  private static Map<String, String> permissions(App.Installation in, JsonNode asked) {
    if (asked.isMissingNode()) {
      return in.permissions();
    }
    Map<String, String> permissions = new TreeMap<>(Map.of("metadata", "read"));
    for (Map.Entry<String, JsonNode> permission : asked.properties()) {
      String level = permission.getValue().asString("");
      String granted = in.permissions().getOrDefault(permission.getKey(), "");
      if (!LEVELS.contains(level) || LEVELS.indexOf(level) > LEVELS.indexOf(granted)) {
        throw ApiFailure.of(422, "The permissions requested are not granted to this installation.");
      }
      permissions.put(permission.getKey(), level);
    }
    return permissions;
  }

  private static Token minted(Call call) {
    if (call.caller() instanceof Caller.Authorised(Token token) && !token.permissions().isEmpty()) {
      return token;
    }
    throw ApiFailure.of(403, "Resource not accessible by integration");
  }

  private static Reply ownRepositories(Call call) {
    Set<String> own = new TreeSet<>(minted(call).repositories());
    ObjectNode document = Json.object();
    document.put("total_count", own.size()).put("repository_selection", "selected");
    document.set("repositories", documents(call, own));
    return Reply.ok(document);
  }

  private Reply revoke(Call call) {
    Token token = minted(call);
    if (!apps.revoke(token)) {
      throw ApiFailure.of(401, "Bad credentials");
    }
    return Reply.noContent();
  }

  private static ArrayNode documents(Call call, Set<String> repositories) {
    ArrayNode documents = Json.array();
    for (String name : repositories) {
      call.world().repository(name).ifPresent(found -> documents.add(found.document().deepCopy()));
    }
    return documents;
  }

  private static ObjectNode document(App app) {
    ObjectNode document = Json.object();
    document.put("id", app.id()).put("client_id", app.clientId()).put("slug", app.slug());
    document.put("name", app.slug()).put("html_url", "https://github.com/apps/" + app.slug());
    document.put("installations_count", app.installations().size());
    return document;
  }

  private static ObjectNode document(App app, App.Installation in) {
    String url = "https://api.github.com/app/installations/" + in.id();
    ObjectNode document = Json.object();
    document.put("id", in.id()).put("app_id", app.id()).put("app_slug", app.slug());
    document.put("client_id", app.clientId()).put("target_type", "Organization");
    document.set("account", Documents.organization(in.account()));
    document.put("repository_selection", "selected");
    document.put("access_tokens_url", url + "/access_tokens");
    document.put("repositories_url", "https://api.github.com/installation/repositories");
    in.permissions().forEach(document.putObject("permissions")::put);
    document.putArray("events");
    document.putNull("suspended_at").putNull("suspended_by");
    return document;
  }
}
