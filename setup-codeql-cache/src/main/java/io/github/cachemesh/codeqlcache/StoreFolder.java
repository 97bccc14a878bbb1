package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreKey;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of the sealed results, which belongs with all that is in it to whom the workspace
 * belongs: what is root's would keep the runner from emptying its workspace.
 */
final class StoreFolder {
  private final Path folder;

  StoreFolder(Path folder) {
    this.folder = folder;
  }

  ScanStore open(long repositoryId, String storeKey) {
    return new ScanStore(
        folder, repositoryId, StoreKey.of(storeKey), InstantSource.system(), new SecureRandom());
  }

  /** Makes it, and gives each folder that had to be made its owner. */
  void create() throws IOException {
    create(folder);
  }

  private static void create(Path wanted) throws IOException {
    Path parent = wanted.getParent();
    if (!Files.isDirectory(wanted) && parent != null) {
      create(parent);
      PrivateFiles.createFolder(wanted);
      InheritedOwner.give(wanted);
    }
  }

  /** Gives what is in it its owner; the store bounds how much that is. */
  void give() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
    for (Path file : files) {
      InheritedOwner.give(file);
    }
  }
}
