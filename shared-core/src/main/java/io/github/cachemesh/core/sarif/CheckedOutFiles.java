package io.github.cachemesh.core.sarif;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The regular files of a checkout that a SARIF names, relative to the source root or to the top;
 * nothing outside of the checkout, whatever paths and links say. Thread-safe.
 *
 * @param top the checkout, with its own links resolved
 */
public record CheckedOutFiles(Path top, String sourceRoot) implements Sources {

  /**
   * Of a folder, whose own links are resolved.
   *
   * @param sourceRoot relative to it; empty for itself
   * @throws NoSuchFileException when there is no such folder
   */
  public static CheckedOutFiles of(Path checkout, String sourceRoot) throws IOException {
    if (!Files.isDirectory(checkout)) {
      throw new NoSuchFileException(checkout.toString());
    }
    return new CheckedOutFiles(checkout.toRealPath(), sourceRoot);
  }

  @Override
  public Optional<InputStream> open(String path) throws IOException {
    try {
      for (Path root : List.of(top.resolve(sourceRoot), top)) {
        Path file = root.resolve(path).normalize();
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
            && file.toRealPath().startsWith(top)) {
          return Optional.of(Files.newInputStream(file));
        }
      }
    } catch (InvalidPathException _) {
      // A SARIF may name anything, NUL included.
    }
    return Optional.empty();
  }
}
