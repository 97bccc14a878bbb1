package io.github.cachemesh.setup.docker;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A container as the engine describes it.
 *
 * @param image the image's id, {@code sha256:…}
 * @param environment as {@code NAME=VALUE}; tokens may be among them
 * @param user as it was asked for, else the image's own; empty is root
 * @param networkMode such as {@code bridge}, {@code host}, {@code container:ID} or a network's name
 * @param gateways of its networks, by their names
 */
public record Container(
    String id,
    String name,
    String image,
    List<String> environment,
    String user,
    String networkMode,
    Map<String, String> gateways,
    List<Mount> mounts) {

  private static final String JOINED = "container:";

  /**
   * Asks for one.
   *
   * @throws EngineFailure when there is none of that id or name
   */
  public static Container inspect(DockerEngine engine, String id) throws IOException {
    JsonNode json = engine.get("/containers/" + id + "/json");
    List<String> environment = new ArrayList<>();
    json.path("Config").path("Env").forEach(variable -> environment.add(variable.asString("")));
    Map<String, String> gateways = new LinkedHashMap<>();
    json.path("NetworkSettings")
        .path("Networks")
        .forEachEntry(
            (name, network) -> {
              String gateway = network.path("Gateway").asString("");
              if (!gateway.isEmpty()) {
                gateways.put(name, gateway);
              }
            });
    return new Container(
        json.path("Id").asString(""),
        json.path("Name").asString("").replaceFirst("^/", ""),
        json.path("Image").asString(""),
        environment,
        json.path("Config").path("User").asString(""),
        json.path("HostConfig").path("NetworkMode").asString(""),
        gateways,
        mounts(json));
  }

  static List<Mount> mounts(JsonNode container) {
    List<Mount> mounts = new ArrayList<>();
    container.path("Mounts").forEach(mount -> mounts.add(Mount.of(mount)));
    return mounts;
  }

  /** The container whose network it shares, if any. */
  public Optional<String> joined() {
    return networkMode.startsWith(JOINED)
        ? Optional.of(networkMode.substring(JOINED.length()))
        : Optional.empty();
  }

  public boolean isOnDefaultNetwork() {
    return networkMode.equals("default") || networkMode.equals("bridge");
  }

  public boolean isOnHostNetwork() {
    return networkMode.equals("host");
  }

  /** The environment holds tokens. */
  @Override
  public String toString() {
    return "Container[" + id + "]";
  }

  /**
   * A container in a list.
   *
   * @param state such as {@code running}, {@code created} or {@code exited}
   */
  public record Summary(
      String id,
      String state,
      Instant created,
      String networkMode,
      Map<String, String> labels,
      List<Mount> mounts) {

    /** Those that the filters let pass, whatever their state. */
    public static List<Summary> list(DockerEngine engine, Map<String, List<String>> filters)
        throws IOException {
      JsonNode json = engine.get("/containers/json?all=1&filters=" + DockerEngine.filters(filters));
      List<Summary> list = new ArrayList<>();
      json.forEach(container -> list.add(of(container)));
      return list;
    }

    private static Summary of(JsonNode json) {
      Map<String, String> labels = new LinkedHashMap<>();
      json.path("Labels").forEachEntry((name, value) -> labels.put(name, value.asString("")));
      return new Summary(
          json.path("Id").asString(""),
          json.path("State").asString(""),
          Instant.ofEpochSecond(json.path("Created").asLong(0)),
          json.path("HostConfig").path("NetworkMode").asString(""),
          labels,
          Container.mounts(json));
    }

    public boolean isRunning() {
      return state.equals("running");
    }
  }
}
