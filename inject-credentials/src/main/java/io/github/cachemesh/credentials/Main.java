package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionProcess;

/** The entry point of {@code inject-credentials}: {@code main} or {@code post}. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(new InjectCredentials(), Main.class, args);
  }
}
