package io.github.cachemesh.core.github;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * One thing to ask about a repository.
 *
 * @param what names the thing in messages, such as {@code the tree of commit 1234}
 * @param path the segments after {@code /repos/owner/name}, not encoded
 * @param accept the media type wanted
 */
record Question(
    RepositoryName repository,
    String what,
    Permission permission,
    List<String> path,
    Map<String, String> query,
    String accept) {
  static final String JSON = "application/vnd.github+json";

  static Question of(
      RepositoryName repository, String what, Permission permission, String... path) {
    return new Question(repository, what, permission, List.of(path), Map.of(), JSON);
  }

  Question below(String folder) {
    List<String> below = Stream.concat(Stream.of(folder), path.stream()).toList();
    return new Question(repository, what, permission, below, query, accept);
  }

  Question with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(query);
    all.putAll(more);
    return new Question(repository, what, permission, path, all, accept);
  }

  Question accepting(String mediaType) {
    return new Question(repository, what, permission, path, query, mediaType);
  }

  HttpUrl url(HttpUrl base) {
    HttpUrl.Builder url =
        base.newBuilder()
            .addPathSegment("repos")
            .addPathSegment(repository.owner())
            .addPathSegment(repository.name());
    path.forEach(url::addPathSegment);
    query.forEach(url::addQueryParameter);
    return url.build();
  }

  /** For messages: what was asked, of which repository. */
  @Override
  public String toString() {
    return what + " of " + repository;
  }
}
