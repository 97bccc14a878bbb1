package io.github.cachemesh.actions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Gives what this process makes to whom the folder above it belongs. A container's action is root,
 * while the job's steps, which are to use these files, and the runner, which is to delete them, are
 * not.
 */
public final class InheritedOwner {
  private static final String USER = "unix:uid";
  private static final String GROUP = "unix:gid";

  private InheritedOwner() {}

  /**
   * Changes a file's owner where it is another one.
   *
   * @throws IOException when this process may not
   */
  public static void give(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      return;
    }
    // The group first: with the user, the right to change it may go.
    for (String whose : new String[] {GROUP, USER}) {
      Object wanted = Files.getAttribute(parent, whose);
      if (!wanted.equals(Files.getAttribute(file, whose))) {
        Files.setAttribute(file, whose, wanted);
      }
    }
  }
}
