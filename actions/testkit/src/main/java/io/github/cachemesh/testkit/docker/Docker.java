package io.github.cachemesh.testkit.docker;

import io.github.cachemesh.testkit.clients.ClientProcess;
import io.github.cachemesh.testkit.clients.ClientRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Docker's command line; each command may take two minutes. Immutable. */
public final class Docker {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path program;

  Docker(Path program) {
    this.program = program;
  }

  /** What a client of the daemon needs of this process's environment. */
  public static Map<String, String> clientEnvironment() {
    Map<String, String> environment = new TreeMap<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("DOCKER_") || Set.of("PATH", "HOME").contains(name)) {
                environment.put(name, value);
              }
            });
    return environment;
  }

  /** The command line {@code docker arguments...}, for callers who start it themselves. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return command;
  }

  /**
   * Runs {@code docker arguments...}, whatever it comes to.
   *
   * @throws IOException when it cannot be started or takes longer than two minutes
   */
  public ClientRun call(String... arguments) throws IOException {
    return call(List.of(arguments), Map.of());
  }

  /**
   * Runs {@code docker arguments...} with variables that {@code -e NAME} passes on.
   *
   * @throws IOException when it cannot be started or takes longer than two minutes
   */
  public ClientRun call(List<String> arguments, Map<String, String> variables) throws IOException {
    Map<String, String> environment = new TreeMap<>(clientEnvironment());
    environment.putAll(variables);
    return new ClientProcess(Path.of("").toAbsolutePath(), environment, TIMEOUT)
        .run(command(arguments));
  }

  /**
   * What {@code docker arguments...} prints, without the line break at its end.
   *
   * @throws IllegalStateException with its complaints when it fails
   * @throws IOException when it cannot be started or takes longer than two minutes
   */
  public String text(String... arguments) throws IOException {
    return call(arguments).output().strip();
  }

  /** The lines that {@code docker arguments...} prints; otherwise as {@link #text}. */
  public List<String> lines(String... arguments) throws IOException {
    return text(arguments).lines().toList();
  }

  /** Runs a command in a container, whatever it comes to; otherwise as {@link #call}. */
  public ClientRun exec(String container, String... command) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("exec", container));
    arguments.addAll(List.of(command));
    return call(arguments, Map.of());
  }

  /** What Docker knows of a container, network, volume or image; otherwise as {@link #text}. */
  public JsonNode inspect(String object) throws IOException {
    return JSON.readTree(text("inspect", object)).get(0);
  }

  /** What there is now, running or not; otherwise as {@link #text}. */
  public DockerState state() throws IOException {
    return state(List.of());
  }

  /**
   * What there is now with a label, so that others may use the same daemon meanwhile; otherwise as
   * {@link #text}.
   *
   * @param label its name, or {@code name=value}
   */
  public DockerState state(String label) throws IOException {
    return state(List.of("--filter", "label=" + label));
  }

  private DockerState state(List<String> filter) throws IOException {
    return new DockerState(
        names(filter, "ps", "--all", "--format", "{{.Names}}"),
        names(filter, "network", "ls", "--format", "{{.Name}}"),
        names(filter, "volume", "ls", "--format", "{{.Name}}"),
        names(
            filter,
            "image",
            "ls",
            "--format",
            "{{if eq .Tag \"<none>\"}}{{.ID}}{{else}}{{.Repository}}:{{.Tag}}{{end}}"));
  }

  private Set<String> names(List<String> filter, String... arguments) throws IOException {
    List<String> list = new ArrayList<>(List.of(arguments));
    list.addAll(filter);
    return call(list, Map.of()).output().lines().collect(Collectors.toCollection(TreeSet::new));
  }
}
