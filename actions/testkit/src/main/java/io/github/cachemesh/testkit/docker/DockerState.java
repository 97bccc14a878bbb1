package io.github.cachemesh.testkit.docker;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a daemon held at one time, by name; an image without a name by its id. Two of them tell what
 * was left behind: {@code docker.state().minus(before)}.
 */
public record DockerState(
    Set<String> containers, Set<String> networks, Set<String> volumes, Set<String> images) {

  public DockerState {
    containers = Set.copyOf(containers);
    networks = Set.copyOf(networks);
    volumes = Set.copyOf(volumes);
    images = Set.copyOf(images);
  }

  /** What is here and was not there. */
  public DockerState minus(DockerState earlier) {
    return new DockerState(
        difference(containers, earlier.containers),
        difference(networks, earlier.networks),
        difference(volumes, earlier.volumes),
        difference(images, earlier.images));
  }

  public boolean isEmpty() {
    return containers.isEmpty() && networks.isEmpty() && volumes.isEmpty() && images.isEmpty();
  }

  private static Set<String> difference(Set<String> names, Set<String> others) {
    Set<String> difference = new TreeSet<>(names);
    difference.removeAll(others);
    return difference;
  }
}
