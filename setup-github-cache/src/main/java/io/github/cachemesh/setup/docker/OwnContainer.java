package io.github.cachemesh.setup.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the container that this process runs in. Its id is in the sources of the files that an
 * engine mounts into each container, such as {@code /etc/hosts}; where the network is another
 * container's, those are of the other one, and the environment tells which of its companions this
 * is.
 */
public final class OwnContainer {
  private static final Pattern ID = Pattern.compile("/containers/([0-9a-f]{64})/");
  // Only steps have it, and a job runs one of them at a time.
  private static final String TELLING = "GITHUB_OUTPUT";

  private final DockerEngine engine;
  private final Map<String, String> environment;

  /**
   * @param environment of this process
   */
  public OwnContainer(DockerEngine engine, Map<String, String> environment) {
    this.engine = engine;
    this.environment = environment;
  }

  /**
   * Finds it.
   *
   * @param mountInfo {@code /proc/self/mountinfo}
   * @throws IOException when the engine does not know it: it is another machine's, say
   */
  public Container find(Path mountInfo) throws IOException {
    Optional<String> id = candidate(Files.readString(mountInfo));
    if (id.isPresent()) {
      try {
        Container candidate = Container.inspect(engine, id.get());
        if (isThis(candidate)) {
          return candidate;
        }
      } catch (EngineFailure e) {
        if (!e.isNotFound()) {
          throw e;
        }
      }
      for (Container.Summary other :
          Container.Summary.list(engine, Map.of("status", List.of("running")))) {
        if (other.networkMode().equals("container:" + id.get())) {
          Container companion = Container.inspect(engine, other.id());
          if (isThis(companion)) {
            return companion;
          }
        }
      }
    }
    throw new IOException(
        "the Docker engine at the socket does not know this container, so it is not the one that"
            + " runs it");
  }

  static Optional<String> candidate(String mountInfo) {
    Matcher matcher = ID.matcher(mountInfo);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private boolean isThis(Container container) {
    return container.environment().contains(TELLING + "=" + environment.get(TELLING));
  }
}
