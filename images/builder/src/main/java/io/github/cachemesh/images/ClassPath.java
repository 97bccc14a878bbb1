package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars in the images, in the one order in which every process has them. Immutable.
 *
 * @param jars their names, our own first
 */
record ClassPath(List<String> jars) {
  static final String FOLDER = "/app/lib/";

  /**
   * Packs jars into the tree.
   *
   * @param sources jars, and folders of jars
   * @param ownVersion by which our own jars are known: they change more often than the others
   */
  static ClassPath into(ImageTree tree, List<Path> sources, String ownVersion) throws IOException {
    String ownEnd = "-" + ownVersion + ".jar";
    List<Path> jars = new ArrayList<>();
    for (Path source : sources) {
      try (Stream<Path> files = Files.walk(source, 1)) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    jars.sort(
        Comparator.comparing((Path jar) -> !jar.toString().endsWith(ownEnd))
            .thenComparing(jar -> jar.getFileName().toString()));
    List<String> names = new ArrayList<>();
    for (Path jar : jars) {
      String name = jar.getFileName().toString();
      Path packed = Files.createTempFile("cachemesh", ".jar");
      try {
        PackedJar.write(jar, packed);
        tree.copy(
            name.endsWith(ownEnd) ? ImageTree.Layer.PROGRAMS : ImageTree.Layer.LIBRARIES,
            FOLDER + name,
            packed);
      } finally {
        Files.delete(packed);
      }
      names.add(name);
    }
    return new ClassPath(List.copyOf(names));
  }

  /** As {@code java} takes it. */
  String option() {
    return jars.stream().map(jar -> FOLDER + jar).collect(Collectors.joining(":"));
  }
}
