package io.github.cachemesh.setup;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionProcess;
import java.nio.file.Path;
import java.security.SecureRandom;

/** The entry point of {@code setup-github-cache}: {@code main} or {@code post}. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(action(), Main.class, args);
  }

  /** The action of this process; for those that run it without ending the process. */
  public static Action action() {
    // Not $HOME: the runner points that of an action into the folder that it empties for each job.
    Path home = Path.of(System.getProperty("user.home"));
    return new SetupGithubCache(JvmNodeLauncher.ofThisJvm(), home, new SecureRandom());
  }
}
