package io.github.cachemesh.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes all images from a base and a class path: layers, training, layers again, archives. */
@Command(name = "build", description = "Make an archive and a bill of materials for each image.")
final class BuildCommand implements Callable<Integer> {
  private static final String REPOSITORY = "ghcr.io/cachemesh/";
  private static final String TAG = ":v1";

  @Option(names = "--base", required = true, description = "Folder that images/base made.")
  private Path base = Path.of("");

  @Option(names = "--class-path", required = true, description = "Jars, and folders of jars.")
  private List<Path> classPath = List.of();

  @Option(names = "--class-path-bom", required = true, description = "CycloneDX JSON of them.")
  private Path classPathBom = Path.of("");

  @Option(names = "--train", required = true, description = "The script images/train.")
  private Path train = Path.of("");

  @Option(names = "--licence", required = true, description = "The project's licence.")
  private Path licence = Path.of("");

  @Option(names = "--revision", required = true, description = "The commit.")
  private String revision = "";

  @Option(names = "--app-version", required = true, description = "The project's version.")
  private String version = "";

  @Option(names = "--created", required = true, description = "The time that images carry.")
  private Instant created = Instant.EPOCH;

  @Option(names = "--packed", required = true, description = "Folder for packed layers.")
  private Path packed = Path.of("");

  @Option(names = "--output", required = true, description = "Folder for the results.")
  private Path output = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    BaseImage baseImage = new BaseImage(base);
    Path root = Files.createTempDirectory(Files.createDirectories(output), "tree");
    try {
      ImageTree tree = new ImageTree(root);
      ClassPath jars = ClassPath.into(tree, classPath, version);
      BillOfMaterials bill = new BillOfMaterials(classPathBom, baseImage, tree, created);
      addPrograms(tree, jars, bill);
      addAotCache(tree, jars, baseImage);
      Set<ImageArchive.PackedLayer> layers = new LinkedHashSet<>();
      ImageWriter writer = new ImageWriter(packed, created);
      for (ImagedAction action : ImagedAction.ALL) {
        Path archive = output.resolve(action.name() + ".tar");
        writer.write(
            baseImage.archive(),
            tree.layers(),
            action.entryPoint("main"),
            Labels.of(action, version, revision, created),
            REPOSITORY + action.name() + TAG,
            archive);
        Files.writeString(
            output.resolve(action.name() + ".cdx.json"),
            bill.json(REPOSITORY + action.name(), version));
        ImageArchive image = ImageArchive.read(archive);
        layers.addAll(image.layers());
        System.out.printf(
            "%s: %.1f MB compressed, %d layers%n",
            action.name(), image.bytes() / 1e6, image.layers().size());
      }
      System.out.printf(
          "all %d images together: %.1f MB compressed%n",
          ImagedAction.ALL.size(),
          layers.stream().mapToLong(ImageArchive.PackedLayer::bytes).sum() / 1e6);
    } finally {
      delete(root);
    }
    return 0;
  }

  private void addPrograms(ImageTree tree, ClassPath jars, BillOfMaterials bill)
      throws IOException {
    for (JavaOptions.Process process : JavaOptions.Process.values()) {
      tree.write(ImageTree.Layer.PROGRAMS, process.path(), JavaOptions.of(process, jars.option()));
    }
    tree.write(ImageTree.Layer.PROGRAMS, JavaOptions.COMPILERS, JavaOptions.COMPILERS_TEXT);
    for (EntryScript script : EntryScript.all(ImagedAction.ALL)) {
      tree.script(ImageTree.Layer.PROGRAMS, script.path(), script.text());
    }
    tree.copy(ImageTree.Layer.PROGRAMS, "/usr/share/doc/cachemesh/LICENSE", licence);
    tree.write(ImageTree.Layer.PROGRAMS, Labels.BILL_OF_MATERIALS, bill.json("cachemesh", version));
  }

  private void addAotCache(ImageTree tree, ClassPath jars, BaseImage baseImage)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                train.toAbsolutePath().toString(),
                baseImage.archive().toString(),
                tree.root().toString(),
                JavaOptions.AOT_CACHE,
                "/opt/java/bin/java"));
    command.addAll(JavaOptions.training(jars.option()));
    command.add("io.github.cachemesh.images.training.Training");
    Process training = new ProcessBuilder(command).inheritIO().start();
    if (training.waitFor() != 0) {
      throw new IOException("the AOT cache could not be trained");
    }
    tree.add(ImageTree.Layer.AOT_CACHE, JavaOptions.AOT_CACHE);
    tree.write(ImageTree.Layer.AOT_CACHE, TrainedJars.PATH, TrainedJars.of(tree, jars));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
