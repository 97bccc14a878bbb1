package io.github.cachemesh.testkit.clients;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where installed clients are kept between runs: the system property {@value #PROPERTY}, else
 * {@code cachemesh-testkit} in the user's cache folder.
 */
final class ClientCache {
  static final String PROPERTY = "cachemesh.testkit.cache";

  private ClientCache() {}

  static Path folder() {
    String chosen = System.getProperty(PROPERTY);
    if (chosen != null && !chosen.isEmpty()) {
      return Path.of(chosen).toAbsolutePath();
    }
    Path caches =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(value -> !value.isEmpty())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return caches.resolve("cachemesh-testkit").toAbsolutePath();
  }
}
