package io.github.cachemesh.core.cli;

import java.nio.file.Path;

/** Where this user's settings and state lie, as the XDG base directory specification says. */
final class HostFolders {
  private HostFolders() {}

  /** What others must not get with a copy of the user's work. */
  static Path state(Surroundings surroundings, String name) {
    return folder(surroundings, "XDG_STATE_HOME", ".local/state").resolve(name);
  }

  static Path settings(Surroundings surroundings, String name) {
    return folder(surroundings, "XDG_CONFIG_HOME", ".config").resolve(name);
  }

  private static Path folder(Surroundings surroundings, String variable, String unlessSet) {
    String set = surroundings.environment().getOrDefault(variable, "");
    // The specification: one that is not absolute does not count.
    Path base = set.startsWith("/") ? Path.of(set) : surroundings.home().resolve(unlessSet);
    return base.resolve("cachemesh");
  }
}
