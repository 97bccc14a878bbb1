package io.github.cachemesh.testkit.github;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Releases and their files; a file's bytes are behind a signed redirect. */
final class ReleaseEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/releases";

  private final SignedUrls signed;

  private ReleaseEndpoints(SignedUrls signed) {
    this.signed = signed;
  }

  static void register(Router router, SignedUrls signed) {
    ReleaseEndpoints endpoints = new ReleaseEndpoints(signed);
    router
        .on("GET", ROOT, ReleaseEndpoints::list)
        .on("POST", ROOT, ReleaseEndpoints::create)
        .on("GET", ROOT + "/latest", call -> latest(call.repository()))
        .on("GET", ROOT + "/tags/{tag*}", call -> byTag(call.repository(), call.variable("tag")))
        .on("GET", ROOT + "/assets/{id}", endpoints::asset)
        .on("DELETE", ROOT + "/assets/{id}", ReleaseEndpoints::deleteAsset)
        .on("GET", ROOT + "/{id}", call -> Reply.ok(release(call, call.repository())))
        .on("PATCH", ROOT + "/{id}", ReleaseEndpoints::update)
        .on("DELETE", ROOT + "/{id}", ReleaseEndpoints::delete)
        .on(
            "GET",
            ROOT + "/{id}/assets",
            call -> Reply.ok(release(call, call.repository()).path("assets")));
  }

  /** What the uploads host offers. */
  static void registerUploads(Router router) {
    router.on("POST", ROOT + "/{id}/assets", ReleaseEndpoints::upload);
  }

  static long id(Call call) {
    try {
      return Long.parseLong(call.variable("id"));
    } catch (NumberFormatException notANumber) {
      throw ApiFailure.notFound();
    }
  }

  static Optional<ObjectNode> withTag(Repository repository, String tag) {
    return repository.releases.values().stream()
        .filter(release -> release.path("tag_name").stringValue().equals(tag))
        .findFirst();
  }

  private static Reply list(Call call) {
    Repository repository = call.repository();
    return Page.of(
            List.copyOf(repository.releases.descendingMap().values()),
            call.request(),
            repository.linkPath("/releases"))
        .reply();
  }

  private static Reply latest(Repository repository) {
    if (repository.releases.isEmpty()) {
      throw ApiFailure.notFound();
    }
    return Reply.ok(repository.releases.lastEntry().getValue());
  }

  private static Reply byTag(Repository repository, String tag) {
    return Reply.ok(withTag(repository, tag).orElseThrow(ApiFailure::notFound));
  }

  private static Reply create(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    String tag = call.required(body, "Release", "tag_name");
    if (withTag(repository, tag).isPresent()) {
      throw ApiFailure.invalid("Release", "tag_name", "already_exists");
    }
    long id = repository.nextId();
    String text = body.path("body").stringValue("");
    ObjectNode release =
        repository.documents.release(id, tag, text, call.login(), call.timestamp());
    repository.releases.put(id, release);
    repository.tags.computeIfAbsent(tag, _ -> repository.documents.tag(tag, repository.headSha()));
    return Reply.created(release);
  }

  private static Reply update(Call call) {
    ObjectNode release = release(call, call.writableRepository());
    ObjectNode changes = call.body();
    for (String field : List.of("name", "body", "draft", "prerelease")) {
      JsonNode value = changes.get(field);
      if (value != null) {
        release.set(field, value);
      }
    }
    release.put("updated_at", call.timestamp());
    return Reply.json(200, release).validatedBy(Validator.NONE);
  }

  private static Reply delete(Call call) {
    Repository repository = call.writableRepository();
    release(call, repository);
    repository.releases.remove(id(call));
    repository.assets.values().removeIf(asset -> asset.parent() == id(call));
    return Reply.noContent();
  }

  private Reply asset(Call call) {
    Repository.StoredFile asset = storedAsset(call, call.repository());
    if (call.mediaType().is("octet-stream")) {
      String path = "/github-production-release-asset/" + call.repository().id() + "/" + id(call);
      return Reply.redirect(signed.url("objects.githubusercontent.com", path));
    }
    return Reply.ok(asset.document());
  }

  private static Reply deleteAsset(Call call) {
    Repository repository = call.writableRepository();
    Repository.StoredFile asset = storedAsset(call, repository);
    repository.assets.remove(id(call));
    ObjectNode release = repository.releases.get(asset.parent());
    if (release != null) {
      ((ArrayNode) release.path("assets"))
          .removeIf(listed -> listed.path("id").longValue() == id(call));
    }
    return Reply.noContent();
  }

  private static Reply upload(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode release = release(call, repository);
    String name = call.request().query("name", "");
    if (name.isEmpty()) {
      throw ApiFailure.invalid("ReleaseAsset", "name", "missing_field");
    }
    ArrayNode assets = (ArrayNode) release.path("assets");
    if (assets.values().stream().anyMatch(asset -> asset.path("name").stringValue().equals(name))) {
      throw ApiFailure.invalid("ReleaseAsset", "name", "already_exists");
    }
    long id = repository.nextId();
    ObjectNode asset =
        repository.documents.asset(
            id,
            release.path("tag_name").stringValue(),
            name,
            call.request().headers().get("Content-Type", "application/octet-stream"),
            call.request().body(),
            call.login(),
            call.timestamp());
    asset.put("label", call.request().query("label", ""));
    repository.assets.put(id, new Repository.StoredFile(id(call), asset, call.request().body()));
    assets.add(asset);
    return Reply.created(asset);
  }

  private static ObjectNode release(Call call, Repository repository) {
    ObjectNode release = repository.releases.get(id(call));
    if (release == null) {
      throw ApiFailure.notFound();
    }
    return release;
  }

  private static Repository.StoredFile storedAsset(Call call, Repository repository) {
    Repository.StoredFile asset = repository.assets.get(id(call));
    if (asset == null) {
      throw ApiFailure.notFound();
    }
    return asset;
  }
}
