package io.github.cachemesh.actions;

import java.util.Locale;

/** The part of an action that a process runs. */
public enum Phase {
  MAIN,
  POST;

  /** The argument that stands for this phase on an entry point's command line. */
  public String argument() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #argument()}.
   *
   * @throws IllegalArgumentException when it names no phase
   */
  public static Phase of(String argument) {
    for (Phase phase : values()) {
      if (phase.argument().equals(argument)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no phase '" + argument + "': say main or post");
  }
}
