package io.github.cachemesh.testkit.github;

import java.util.Arrays;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Changes that tests make from outside, behind the API's back. */
final class Changes {
  private Changes() {}

  static Repository repository(World world, String fullName) {
    return world
        .repository(fullName)
        .orElseThrow(() -> new IllegalArgumentException("There is no repository " + fullName));
  }

  static void touch(World world, String path) {
    String[] segments = path.split("/");
    if (segments.length < 4 || !segments[1].equals("repos")) {
      throw new IllegalArgumentException("Not a path below /repos/OWNER/NAME: " + path);
    }
    Repository repository = repository(world, segments[2] + "/" + segments[3]);
    String below = String.join("/", Arrays.asList(segments).subList(4, segments.length));
    ObjectNode document = below.isEmpty() ? repository.document() : find(repository, below);
    if (document == null) {
      throw new IllegalArgumentException("There is no document at " + path);
    }
    long touched = document.path("touched").asLong(0) + 1;
    document.put("touched", touched);
  }

  private static @Nullable ObjectNode find(Repository repository, String below) {
    int slash = below.lastIndexOf('/');
    String name = below.substring(slash + 1);
    return switch (below.substring(0, Math.max(0, slash))) {
      case "issues" -> numbered(repository.issues, name);
      case "pulls" -> numbered(repository.pulls, name);
      case "releases" -> identified(repository.releases, name);
      case "actions/runs" -> identified(repository.runs, name);
      case "labels" -> repository.labels.get(name);
      case "branches" -> repository.branches.get(name);
      default -> null;
    };
  }

  private static @Nullable ObjectNode numbered(
      NavigableMap<Integer, ObjectNode> documents, String number) {
    return number.matches("\\d{1,9}") ? documents.get(Integer.valueOf(number)) : null;
  }

  private static @Nullable ObjectNode identified(
      NavigableMap<Long, ObjectNode> documents, String id) {
    return id.matches("\\d{1,18}") ? documents.get(Long.valueOf(id)) : null;
  }
}
