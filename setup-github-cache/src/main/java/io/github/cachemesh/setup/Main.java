package io.github.cachemesh.setup;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionProcess;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The entry point of {@code setup-github-cache}: {@code main} or {@code post}. */
public final class Main {
  /** Set by the entry points of the container image. */
  private static final String IN_IMAGE = "cachemesh.image";

  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(action(), Main.class, args);
  }

  /** The action of this process; for those that run it without ending the process. */
  public static Action action() {
    SecureRandom random = new SecureRandom();
    return Boolean.getBoolean(IN_IMAGE) ? inContainers(random) : inProcesses(random);
  }

  private static SetupGithubCache inContainers(SecureRandom random) {
    return new SetupGithubCache(
        context -> ContainerHost.open(context, Path.of("/"), random), CacheStore.UNKNOWN_HOME);
  }

  private static SetupGithubCache inProcesses(SecureRandom random) {
    // Not $HOME: the runner points that of an action into the folder that it empties for each job.
    Path home = Path.of(System.getProperty("user.home"));
    return new SetupGithubCache(
        context -> new ProcessHost(context, JvmNodeLauncher.ofThisJvm(), home, random), home);
  }
}
