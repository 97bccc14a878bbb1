package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** What the download hosts serve: release files, artifacts, logs, raw files and source archives. */
final class StorageHosts {
  private final SignedUrls signed;
  private final Router router = new Router();

  StorageHosts(SignedUrls signed) {
    this.signed = signed;
    router
        .on("GET", "/github-production-release-asset/{repository}/{id}", this::releaseFile)
        .on("GET", "/artifacts/{repository}/{id}", this::artifact)
        .on("GET", "/logs/{repository}/{id}", this::logs)
        .on("GET", "/{owner}/{repo}/legacy.tar.gz/{ref*}", StorageHosts::sources)
        .on("GET", "/{owner}/{repo}/legacy.zip/{ref*}", StorageHosts::sources)
        .on("GET", "/{owner}/{repo}/releases/download/{tag}/{name}", this::byName)
        .on("GET", "/{owner}/{repo}/{ref}/{path*}", StorageHosts::raw);
  }

  Optional<Router.Match> find(String method, String path) {
    return router.find(method, path);
  }

  private Reply releaseFile(Call call) {
    signed.check(call.request());
    Repository.StoredFile file = byId(call).assets.get(ReleaseEndpoints.id(call));
    return file(Optional.ofNullable(file));
  }

  private Reply artifact(Call call) {
    signed.check(call.request());
    return file(Optional.ofNullable(byId(call).artifacts.get(ReleaseEndpoints.id(call))));
  }

  private Reply logs(Call call) {
    signed.check(call.request());
    byte[] zip = Archives.zip("build/1_build.txt", "2025-01-01T00:00:00Z all went well\n");
    return Reply.bytes(zip, "application/zip").validatedBy(Validator.NONE);
  }

  /** The browser's way to a release file, on github.com itself. */
  private Reply byName(Call call) {
    Collection<Repository.StoredFile> assets = call.repository().assets.values();
    Repository.StoredFile found =
        assets.stream()
            .filter(
                asset -> url(asset).endsWith(call.variable("tag") + "/" + call.variable("name")))
            .findFirst()
            .orElseThrow(ApiFailure::notFound);
    String path =
        "/github-production-release-asset/"
            + call.repository().id()
            + "/"
            + found.document().path("id");
    return Reply.redirect(signed.url("objects.githubusercontent.com", path));
  }

  private static String url(Repository.StoredFile asset) {
    return asset.document().path("browser_download_url").stringValue();
  }

  private static Reply file(Optional<Repository.StoredFile> file) {
    Repository.StoredFile found = file.orElseThrow(ApiFailure::notFound);
    return Reply.bytes(found.content(), "application/octet-stream").validatedBy(Validator.NONE);
  }

  private static Reply sources(Call call) {
    byte[] readme = call.repository().files.getOrDefault("README.md", new byte[0]);
    String text = new String(readme, StandardCharsets.UTF_8);
    return Reply.bytes(Archives.zip("README.md", text), "application/zip")
        .validatedBy(Validator.NONE);
  }

  private static Reply raw(Call call) {
    byte[] content = call.repository().files.get(call.variable("path"));
    if (content == null) {
      throw ApiFailure.notFound();
    }
    return Reply.bytes(content, "text/plain; charset=utf-8");
  }

  private static Repository byId(Call call) {
    return Stream.of(call.variable("repository"))
        .map(Long::parseLong)
        .flatMap(id -> call.world().nameOf(id).stream())
        .flatMap(name -> call.world().repository(name).stream())
        .findFirst()
        .orElseThrow(ApiFailure::notFound);
  }
}
