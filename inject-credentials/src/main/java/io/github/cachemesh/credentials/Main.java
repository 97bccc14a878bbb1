package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionProcess;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The entry point of {@code inject-credentials}: {@code main} or {@code post}. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(action(), Main.class, args);
  }

  /** The action of this process; for those that run it without ending the process. */
  public static Action action() {
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    return new InjectCredentials(new ConfiguredSources(random, clock), random, clock);
  }
}
