package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionProcess;

/** The entry point of {@code setup-codeql-cache}: {@code main} or {@code post}. */
public final class Main {
  private Main() {}

  public static void main(String... args) {
    ActionProcess.launch(new SetupCodeqlCache(), Main.class, args);
  }
}
