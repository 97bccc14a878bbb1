package io.github.cachemesh.core.git;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where files that are not tracked count: below the source root, outside the declared folders.
 * Paths are relative to the top, with slashes; that of the top is empty.
 */
record Scope(String sourceRoot, List<String> declared) {

  static Scope of(Path sourceRoot, List<String> declaredFolders) {
    String root = normal(sourceRoot.toString(), "the source root");
    List<String> declared = new ArrayList<>();
    for (String folder : declaredFolders) {
      String path = normal(folder, "the declared folder");
      if (path.isEmpty()) {
        throw new IllegalArgumentException(
            "the declared folder " + RawNames.shown(folder) + " is the whole checkout");
      }
      declared.add(path);
    }
    return new Scope(root, List.copyOf(declared));
  }

  private static String normal(String path, String what) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (name.equals("..") || name.equals(GitFolder.NAME)) {
        throw new IllegalArgumentException(
            what + " " + RawNames.shown(path) + " is not below the checkout");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    if (path.startsWith("/")) {
      throw new IllegalArgumentException(what + " " + RawNames.shown(path) + " is not relative");
    }
    return String.join("/", names);
  }

  /** Whether a file that is not tracked may not be at that path. */
  boolean covers(String path) {
    return isWithin(path, sourceRoot) && declared.stream().noneMatch(it -> isWithin(path, it));
  }

  /** Whether the path is below the source root. */
  boolean isInSource(String path) {
    return isWithin(path, sourceRoot);
  }

  /** Whether a path that is covered may be below that folder. */
  boolean reaches(String folder) {
    return covers(folder) || isWithin(sourceRoot, folder);
  }

  /** Whether all below the folder is covered. */
  boolean coversAll(String folder) {
    return covers(folder) && declared.stream().noneMatch(it -> isWithin(it, folder));
  }

  private static boolean isWithin(String path, String folder) {
    return folder.isEmpty()
        || path.equals(folder)
        || (path.startsWith(folder) && path.charAt(folder.length()) == '/');
  }
}
