package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the script {@code images/base} leaves in its folder.
 *
 * @param folder of the script
 */
record BaseImage(Path folder) {
  /** A package of Debian's that has files in the image. */
  record DebianPackage(String name, String version, String architecture) {}

  /**
   * The JDK from which the runtime was linked.
   *
   * @param build who built it, and as what
   */
  record JavaRelease(String version, String implementor, String build) {}

  /** The image, a Docker archive. */
  Path archive() {
    return folder.resolve("base.tar");
  }

  /** By name. */
  List<DebianPackage> packages() throws IOException {
    List<DebianPackage> packages = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("packages"))) {
      for (Path file : files) {
        packages.add(
            new DebianPackage(
                value(file, "Package: "), value(file, "Version: "), value(file, "Architecture: ")));
      }
    }
    packages.sort(Comparator.comparing(DebianPackage::name));
    return packages;
  }

  JavaRelease javaRelease() throws IOException {
    Path file = folder.resolve("java.release");
    return new JavaRelease(
        value(file, "JAVA_RUNTIME_VERSION="),
        value(file, "IMPLEMENTOR="),
        value(file, "IMPLEMENTOR_VERSION="));
  }

  private static String value(Path file, String start) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new IOException(file + " has no line " + start + "…"))
        .substring(start.length())
        .replace("\"", "");
  }
}
