package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.setup.docker.TarArchive;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What holds the cache of a node in a container: a volume of the node's user, so that all runners
 * of that user share it and it outlives the jobs, or a folder of the host.
 *
 * @param type as the engine calls it
 * @param source the volume's name, or the folder
 */
record CacheStore(String type, String source) {
  /** Where it is mounted. */
  static final Path MOUNTED = Path.of("/cache");

  /** The cache's own folder in it: what is above may belong to somebody else. */
  static final Path OF_NODE = MOUNTED.resolve("github-api");

  /** The home of the host's user, which a container does not know. */
  static final Path UNKNOWN_HOME = Path.of("~");

  private static final String VOLUME_PREFIX = "cachemesh-github-cache-";

  /**
   * @throws ActionFailure when the folder that was chosen is not known to be one of the host
   */
  static CacheStore of(
      JobSettings settings, ContainerSurroundings surroundings, TarArchive.Owner owner) {
    Optional<Path> chosen = settings.chosenCacheDir();
    if (chosen.isEmpty()) {
      return new CacheStore("volume", VOLUME_PREFIX + owner.user());
    }
    Path folder = chosen.get();
    if (folder.startsWith(UNKNOWN_HOME)) {
      throw new ActionFailure(
          "'cache-dir' is "
              + folder
              + ", but a container does not know the home of the host's user.",
          "Write an absolute path, or leave 'cache-dir' out to keep the cache in a volume.");
    }
    // The runner has translated a path in the workspace; any other is one of the host.
    return new CacheStore("bind", surroundings.onHost(folder).orElse(folder).toString());
  }

  Map<String, Object> mount() {
    return Map.of("Type", type, "Source", source, "Target", MOUNTED.toString());
  }
}
