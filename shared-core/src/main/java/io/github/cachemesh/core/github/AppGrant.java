package io.github.cachemesh.core.github;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an installation token may do: only these things, in only these repositories. Immutable.
 *
 * @param repositories 1 to {@value #MAX_REPOSITORIES}, all of one owner
 * @param permissions at least one: from a name as in GitHub's API, such as {@code contents} or
 *     {@code pull_requests}, to {@code read}, {@code write} or {@code admin}
 */
public record AppGrant(List<RepositoryName> repositories, SortedMap<String, String> permissions) {
  private static final int MAX_REPOSITORIES = 500;
  private static final int MAX_PERMISSIONS = 100;
  private static final Pattern PERMISSION = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final List<String> LEVELS = List.of("read", "write", "admin");

  /**
   * @throws IllegalArgumentException when one of them is out of its bounds; the message names it
   */
  public AppGrant {
    repositories = List.copyOf(repositories);
    permissions = Collections.unmodifiableSortedMap(new TreeMap<>(permissions));
    if (repositories.isEmpty() || repositories.size() > MAX_REPOSITORIES) {
      throw new IllegalArgumentException(
          "an installation token is for 1 to %d repositories".formatted(MAX_REPOSITORIES));
    }
    if (repositories.stream().map(AppGrant::owner).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "the repositories of an installation token have one owner: make one grant for each");
    }
    if (permissions.isEmpty() || permissions.size() > MAX_PERMISSIONS) {
      throw new IllegalArgumentException(
          "an installation token has 1 to %d permissions, such as 'contents: read'"
              .formatted(MAX_PERMISSIONS));
    }
    permissions.forEach(AppGrant::check);
  }

  private static String owner(RepositoryName repository) {
    return repository.owner().toLowerCase(Locale.ROOT);
  }

  private static void check(String name, String level) {
    if (!PERMISSION.matcher(name).matches() || !LEVELS.contains(level)) {
      throw new IllegalArgumentException(
          "'%s: %s' is no permission; write it as in 'pull_requests: read', with read, write or admin"
              .formatted(name, level));
    }
  }
}
