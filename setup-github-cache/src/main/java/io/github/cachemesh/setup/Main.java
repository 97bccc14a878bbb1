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
    ActionProcess.launch(
        Boolean.getBoolean(IN_IMAGE) ? containerAction(Path.of("/")) : processAction(),
        Main.class,
        args);
  }

  /**
   * The action as it is in its image.
   *
   * @param root of the container's file system
   */
  public static Action containerAction(Path root) {
    SecureRandom random = new SecureRandom();
    return new SetupGithubCache(
        context -> ContainerHost.open(context, root, random), CacheStore.UNKNOWN_HOME);
  }

  /** The action as it is outside of its image. */
  public static Action processAction() {
    SecureRandom random = new SecureRandom();
    // Not $HOME: the runner points that of an action into the folder that it empties for each job.
    Path home = Path.of(System.getProperty("user.home"));
    return new SetupGithubCache(
        context -> new ProcessHost(context, JvmNodeLauncher.ofThisJvm(), home, random), home);
  }
}
