package io.github.cachemesh.core.git;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.FileMode;

/**
 * Where symbolic links below the source root may point: at what is proven too, that is a tracked
 * file or a place where none but tracked files may be. Who follows a link to a file that nobody
 * looked at sees something that no digest holds.
 */
final class LinkTarget {
  private LinkTarget() {}

  /**
   * @param path of the link, relative to the top of {@code index}
   * @param top of {@code index}, as the scope sees it; empty or ending with a slash
   */
  static boolean isProven(byte[] path, byte[] target, GitIndex index, Scope scope, String top) {
    String link = text(path);
    String to = text(target);
    if (to.isEmpty() || to.startsWith("/")) {
      return false;
    }
    int slash = link.lastIndexOf('/');
    String folder = slash < 0 ? "" : link.substring(0, slash);
    StringBuilder resolved = new StringBuilder(folder);
    boolean named = false;
    for (String name : to.split("/")) {
      if (name.equals("..")) {
        // After a name, which may be a link itself, the folder above is not known by its name.
        if (named || resolved.isEmpty()) {
          return false;
        }
        resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
      } else if (!name.isEmpty() && !name.equals(".")) {
        if (name.equalsIgnoreCase(GitFolder.NAME)) {
          return false;
        }
        named = true;
        resolved.append(resolved.isEmpty() ? "" : "/").append(name);
      }
    }
    String at = resolved.toString();
    int found = index.find(at.getBytes(StandardCharsets.ISO_8859_1));
    FileMode mode = found < 0 ? FileMode.MISSING : index.entry(found).getFileMode();
    if (mode == FileMode.REGULAR_FILE || mode == FileMode.EXECUTABLE_FILE) {
      return true;
    }
    byte[] whole = at.getBytes(StandardCharsets.ISO_8859_1);
    return scope.coversAll(top + new String(whole, StandardCharsets.UTF_8));
  }

  /** One character a byte. */
  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
