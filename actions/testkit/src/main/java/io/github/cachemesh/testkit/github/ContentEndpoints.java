package io.github.cachemesh.testkit.github;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files of a repository. Their ETags are git's SHA-1 names, whatever the token, though the JSON of
 * a private file holds a {@code download_url} made for one token.
 */
final class ContentEndpoints {
  private static final String ROOT = "/repos/{owner}/{repo}/contents/{path*}";

  private ContentEndpoints() {}

  static void register(Router router) {
    router
        .on("GET", ROOT, ContentEndpoints::get)
        .on("PUT", ROOT, ContentEndpoints::put)
        .on("DELETE", ROOT, ContentEndpoints::delete)
        .on("GET", "/repos/{owner}/{repo}/readme", call -> file(call, "README.md"));
  }

  private static Reply get(Call call) {
    String path = call.variable("path").replaceAll("/+$", "");
    return call.repository().files.containsKey(path) ? file(call, path) : directory(call, path);
  }

  private static Reply file(Call call, String path) {
    Repository repository = call.repository();
    byte[] content = repository.files.get(path);
    if (content == null) {
      throw ApiFailure.notFound();
    }
    String sha = GitObject.blob(content);
    if (call.mediaType().is("raw")) {
      return dated(
          Reply.bytes(content, "application/vnd.github.raw+json; charset=utf-8")
              .validatedBy(new Validator.GitSha(sha)),
          repository);
    }
    ObjectNode document = document(call, repository, path, content);
    document.put("content", Base64.getMimeEncoder(60, new byte[] {'\n'}).encodeToString(content));
    document.put("encoding", "base64");
    return dated(Reply.ok(document).validatedBy(new Validator.GitSha(sha)), repository);
  }

  private static Reply directory(Call call, String path) {
    Repository repository = call.repository();
    String prefix = path.isEmpty() ? "" : path + "/";
    ArrayNode entries = Json.array();
    StringBuilder tree = new StringBuilder();
    Map<String, ObjectNode> children = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : repository.files.tailMap(prefix).entrySet()) {
      if (!file.getKey().startsWith(prefix)) {
        break;
      }
      String below = file.getKey().substring(prefix.length());
      int slash = below.indexOf('/');
      tree.append(file.getKey()).append(GitObject.blob(file.getValue()));
      if (slash < 0) {
        children.put(below, document(call, repository, file.getKey(), file.getValue()));
      } else {
        String folder = below.substring(0, slash);
        children.computeIfAbsent(folder, _ -> folder(call, repository, prefix + folder));
      }
    }
    if (children.isEmpty()) {
      throw ApiFailure.notFound();
    }
    children.values().forEach(entries::add);
    String sha = GitObject.named("tree", tree.toString());
    return dated(Reply.ok(entries).validatedBy(new Validator.GitSha(sha)), repository);
  }

  /** Contents are dated by the last commit, to the second. */
  private static Reply dated(Reply reply, Repository repository) {
    JsonNode date = repository.commits.getLast().path("commit").path("committer").path("date");
    return reply.modifiedAt(Instant.parse(date.stringValue()));
  }

  private static ObjectNode document(
      Call call, Repository repository, String path, byte[] content) {
    ObjectNode document =
        repository.documents.content(path, content, call.request().query("ref", "main"));
    if (repository.isPrivate()) {
      String mark =
          EntityTag.sha256Hex((call.caller().id() + path).getBytes(StandardCharsets.UTF_8));
      String url = document.path("download_url").stringValue();
      document.put(
          "download_url", url + "?token=" + mark.substring(0, 29).toUpperCase(Locale.ROOT));
    }
    return document;
  }

  private static ObjectNode folder(Call call, Repository repository, String path) {
    ObjectNode folder = document(call, repository, path, new byte[0]);
    folder.put("type", "dir").putNull("download_url");
    return folder;
  }

  private static Reply put(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    String path = call.variable("path");
    String message = call.required(body, "Content", "message");
    byte[] content = decode(call.required(body, "Content", "content"));
    byte[] existing = repository.files.get(path);
    if (existing != null) {
      requireSha(body, path, existing);
    }
    repository.files.put(path, content);
    ObjectNode result = Json.object();
    result.set("content", document(call, repository, path, content));
    result.set("commit", commit(call, repository, message));
    return Reply.json(existing == null ? 201 : 200, result).validatedBy(Validator.NONE);
  }

  private static Reply delete(Call call) {
    Repository repository = call.writableRepository();
    ObjectNode body = call.body();
    String path = call.variable("path");
    String message = call.required(body, "Content", "message");
    byte[] existing = repository.files.get(path);
    if (existing == null) {
      throw ApiFailure.notFound();
    }
    requireSha(body, path, existing);
    repository.files.remove(path);
    ObjectNode result = Json.object();
    result.putNull("content");
    result.set("commit", commit(call, repository, message));
    return Reply.json(200, result).validatedBy(Validator.NONE);
  }

  private static JsonNode commit(Call call, Repository repository, String message) {
    repository.document().put("pushed_at", call.timestamp());
    return repository.commit(message, call.login(), call.timestamp()).path("commit");
  }

  private static void requireSha(ObjectNode body, String path, byte[] existing) {
    JsonNode sha = body.path("sha");
    if (!sha.isString()) {
      throw ApiFailure.of(422, "Invalid request.\n\n\"sha\" wasn't supplied.");
    }
    if (!sha.stringValue().equals(GitObject.blob(existing))) {
      throw ApiFailure.of(409, path + " does not match " + sha.stringValue());
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException malformed) {
      throw ApiFailure.of(422, "content is not valid Base64");
    }
  }
}
