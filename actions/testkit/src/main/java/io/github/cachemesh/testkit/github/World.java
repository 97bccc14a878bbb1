package io.github.cachemesh.testkit.github;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All repositories, each generated when it is first asked for. Guarded by the lock of {@link
 * ApiService}.
 */
final class World {
  private static final long FIRST_ID = 50_000;

  /** A repository that exists, though perhaps not generated yet. */
  record Declared(String fullName, boolean isPrivate) {}

  private final Map<String, Declared> declared = new LinkedHashMap<>();
  private final Map<String, Long> ids = new LinkedHashMap<>();
  private final Map<Long, String> names = new TreeMap<>();
  private final Map<String, Repository> generated = new LinkedHashMap<>();
  private final RepositoryGenerator generator;

  World(List<Declared> repositories, RepositoryGenerator generator) {
    this.generator = generator;
    for (Declared repository : repositories) {
      long id = FIRST_ID + declared.size();
      declared.put(repository.fullName(), repository);
      ids.put(repository.fullName(), id);
      names.put(id, repository.fullName());
    }
  }

  Optional<Repository> repository(String fullName) {
    Declared found = declared.get(fullName);
    Long id = ids.get(fullName);
    if (found == null || id == null) {
      return Optional.empty();
    }
    return Optional.of(generated.computeIfAbsent(fullName, _ -> generate(found, id)));
  }

  /** The name of the repository of this id, as in {@code /repositories/ID}. */
  Optional<String> nameOf(long id) {
    return Optional.ofNullable(names.get(id));
  }

  /** Every repository, in the order of declaration. */
  List<Declared> declared() {
    return List.copyOf(declared.values());
  }

  /** Forgets every change: each repository is generated anew. */
  void reset() {
    generated.clear();
  }

  private Repository generate(Declared repository, long id) {
    Repository fresh = new Repository(id, repository.fullName(), repository.isPrivate());
    generator.fill(fresh);
    return fresh;
  }
}
