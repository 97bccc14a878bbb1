package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import io.github.cachemesh.testkit.docker.Docker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs each phase of a Docker action in a new container of its image, with the mounts, variables
 * and network that GitHub's runner gives it. The image must be there already.
 *
 * @param image instead of that of action.yml; null for that of action.yml
 * @param dockerSocket the host's socket that the container finds at {@code /var/run/docker.sock};
 *     null for none, which no runner of GitHub's does
 * @param readOnlyTemp whether {@code /github/runner_temp} is read-only, which it is on no runner of
 *     GitHub's
 */
public record ContainerActionLauncher(
    Docker docker, @Nullable String image, @Nullable Path dockerSocket, boolean readOnlyTemp)
    implements ActionLauncher {

  private static final String SOCKET = "/var/run/docker.sock";
  private static final String REGISTRY_SCHEME = "docker://";

  /** With the image of action.yml, as GitHub's runner does it. */
  public static ContainerActionLauncher with(Docker docker) {
    return new ContainerActionLauncher(docker, null, Path.of(SOCKET), false);
  }

  public ContainerActionLauncher withImage(String reference) {
    return new ContainerActionLauncher(docker, reference, dockerSocket, readOnlyTemp);
  }

  public ContainerActionLauncher withSocket(Path socket) {
    return new ContainerActionLauncher(docker, image, socket, readOnlyTemp);
  }

  public ContainerActionLauncher withoutSocket() {
    return new ContainerActionLauncher(docker, image, null, readOnlyTemp);
  }

  public ContainerActionLauncher withReadOnlyTemp() {
    return new ContainerActionLauncher(docker, image, dockerSocket, true);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the action's image would have to be built
   */
  @Override
  public Launch prepare(Invocation invocation) {
    String reference = reference(invocation.metadata());
    String name = ContainerName.ofAction(reference);
    RunnerFolders folders = invocation.folders();
    List<Mount> mounts = mounts(folders);
    Map<String, String> env = new PathTranslation(mounts).translate(invocation.env());

    List<String> arguments = new ArrayList<>(List.of("run", "--name", name));
    arguments.addAll(List.of("--label", folders.label()));
    arguments.addAll(List.of("--workdir", "/github/workspace", "--rm"));
    // Names only: a value on the command line would be open to every user of the host.
    env.keySet().stream().sorted().forEach(key -> arguments.addAll(List.of("-e", key)));
    String entrypoint = entrypoint(invocation.metadata().runs(), invocation.phase());
    if (entrypoint != null) {
      arguments.addAll(List.of("--entrypoint", entrypoint));
    }
    if (invocation.network() != null) {
      arguments.addAll(List.of("--network", invocation.network()));
    }
    if (dockerSocket != null) {
      arguments.addAll(List.of("-v", Mount.of(dockerSocket, SOCKET).option()));
    }
    mounts.reversed().forEach(mount -> arguments.addAll(List.of("-v", mount.option())));
    arguments.add(reference);
    arguments.addAll(invocation.arguments());

    Map<String, String> clientEnv = new HashMap<>(Docker.clientEnvironment());
    clientEnv.putAll(env);
    clientEnv.put(OrphanProcesses.VARIABLE, invocation.trackingId());
    return new Launch(
        docker.command(arguments),
        clientEnv,
        folders.workspace(),
        docker.command(List.of("rm", "--force", name)));
  }

  /** Those whose paths are translated, in the order in which the runner tries them. */
  private List<Mount> mounts(RunnerFolders folders) {
    return List.of(
        Mount.of(folders.workspace(), "/github/workspace"),
        Mount.of(folders.fileCommands(), "/github/file_commands"),
        Mount.of(folders.workflow(), "/github/workflow"),
        Mount.of(folders.actionHome(), "/github/home"),
        new Mount(folders.temp().toString(), "/github/runner_temp", readOnlyTemp));
  }

  private String reference(ActionMetadata metadata) {
    if (image != null) {
      return image;
    }
    String declared = metadata.runs().image();
    if (declared == null || !declared.startsWith(REGISTRY_SCHEME)) {
      throw new IllegalArgumentException(
          "action '" + metadata.name() + "': the emulator builds no image; name one that is there");
    }
    return declared.substring(REGISTRY_SCHEME.length());
  }

  private static @Nullable String entrypoint(ActionMetadata.Runs runs, Phase phase) {
    return phase == Phase.MAIN ? runs.entrypoint() : runs.postEntrypoint();
  }
}
