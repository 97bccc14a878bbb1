package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionProcess;

/** The entry point of {@code setup-codeql-cache}: {@code main} or {@code post}. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(action(), Main.class, args);
  }

  /** The action of this process; for those that run it without ending the process. */
  public static Action action() {
    return new SetupCodeqlCache();
  }
}
