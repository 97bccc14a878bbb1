package io.github.cachemesh.images;

import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code images/build} has made. */
final class BuiltImages {
  static final Path PROJECT = Path.of(System.getProperty("project.root"));
  static final Path FOLDER = PROJECT.resolve("images/target");

  private BuiltImages() {}

  static Path archive(ImagedAction action) {
    Path archive = FOLDER.resolve(action.name() + ".tar");
    if (!Files.exists(archive)) {
      throw new AssertionError(archive + " is not there: run images/build first");
    }
    return archive;
  }

  static Path anyArchive() {
    return archive(ImagedAction.ALL.getFirst());
  }
}
