package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The jars in the images, in the one order in which every process has them. Immutable.
 *
 * @param jars their names, our own first
 * @param rewritten those whose classes were brought up by {@link NewerClasses}
 */
record ClassPath(List<String> jars, Set<String> rewritten) {
  static final String FOLDER = "/app/lib/";

  /**
   * Copies jars into the tree.
   *
   * @param sources jars, and folders of jars
   * @param ownVersion by which our own jars are known: they change more often than the others
   */
  static ClassPath into(ImageTree tree, List<Path> sources, String ownVersion) throws IOException {
    String ownSuffix = "-" + ownVersion + ".jar";
    List<Path> jars = new ArrayList<>();
    for (Path source : sources) {
      try (Stream<Path> files = Files.walk(source, 1)) {
        files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    jars.sort(
        Comparator.comparing((Path jar) -> !jar.toString().endsWith(ownSuffix))
            .thenComparing(jar -> jar.getFileName().toString()));
    List<String> names = new ArrayList<>();
    Set<String> rewritten = new TreeSet<>();
    Path newer = Files.createTempFile("cachemesh", ".jar");
    try {
      for (Path jar : jars) {
        String name = jar.getFileName().toString();
        ImageTree.Layer layer =
            name.endsWith(ownSuffix) ? ImageTree.Layer.PROGRAMS : ImageTree.Layer.LIBRARIES;
        if (NewerClasses.areNeededIn(jar)) {
          NewerClasses.rewrite(jar, newer);
          rewritten.add(name);
          tree.copy(layer, FOLDER + name, newer);
        } else {
          tree.copy(layer, FOLDER + name, jar);
        }
        names.add(name);
      }
    } finally {
      Files.delete(newer);
    }
    return new ClassPath(List.copyOf(names), Set.copyOf(rewritten));
  }

  /** As {@code java} takes it. */
  String option() {
    return jars.stream().map(jar -> FOLDER + jar).collect(Collectors.joining(":"));
  }
}
