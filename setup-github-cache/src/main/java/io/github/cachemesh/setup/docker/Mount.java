package io.github.cachemesh.setup.docker;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Something of the host within a container.
 *
 * @param type such as {@code bind} or {@code volume}
 * @param name of the volume, empty for others
 * @param source on the host
 * @param destination in the container
 */
public record Mount(String type, String name, String source, Path destination) {
  static Mount of(JsonNode mount) {
    return new Mount(
        mount.path("Type").asString(""),
        mount.path("Name").asString(""),
        mount.path("Source").asString(""),
        Path.of(mount.path("Destination").asString("/")));
  }

  public boolean isVolume() {
    return type.equals("volume");
  }

  /** The path on the host of what is at that path in the container, where this mount holds it. */
  public Optional<Path> onHost(Path inContainer) {
    return inContainer.startsWith(destination)
        ? Optional.of(Path.of(source).resolve(destination.relativize(inContainer)))
        : Optional.empty();
  }
}
