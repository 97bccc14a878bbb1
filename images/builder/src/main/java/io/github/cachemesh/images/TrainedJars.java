package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of every jar with which the AOT cache was trained, in the form of {@code sha256sum}.
 * The JVM does not notice a changed jar of the same size and time (JDK-8377932) and runs what is in
 * the cache, so this is what a test compares.
 */
final class TrainedJars {
  /** Beside the cache. */
  static final String PATH = JavaOptions.AOT_CACHE + ".sha256";

  private TrainedJars() {}

  static String of(ImageTree tree, ClassPath classPath) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String jar : classPath.jars()) {
      String path = ClassPath.FOLDER + jar;
      lines.append(sha256(tree.file(path))).append("  ").append(path).append('\n');
    }
    return lines.toString();
  }

  static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
