package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.e2e.codeql.Change.Edit;
import io.github.cachemesh.e2e.codeql.Change.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Changes of the files that are scanned, of git's knowledge of them, and of what lies beside. */
final class TreeChanges {
  private static final String SOURCE = "src/app.js";

  private TreeChanges() {}

  static List<Change> all() {
    return List.of(
        new Change("mode changed", "dirty-tree", TreeChanges::mode),
        new Change("symbolic link led elsewhere", "dirty-tree", TreeChanges::link),
        new Change("same size and time", "dirty-tree", TreeChanges::sameSizeAndTime),
        new Change("assume-unchanged and changed", "flagged-files", TreeChanges::assumeUnchanged),
        new Change("skip-worktree and changed", "flagged-files", TreeChanges::skipWorktree),
        new Change("file removed", "dirty-tree", TreeChanges::removed),
        new Change("file staged", "dirty-tree", TreeChanges::staged),
        new Change("untracked file added", "untracked-files", added("src/new.js")),
        new Change("ignored file added", "ignored-files", added("build/made.js")),
        new Change("submodule changed", "dirty-tree", TreeChanges::submoduleChanged),
        new Change("submodule missing", "missing-submodule", TreeChanges::submoduleMissing),
        new Change("sparse checkout", "sparse-checkout", TreeChanges::sparse),
        new Change("source committed", "tree-changed", committed(appended(SOURCE, "eval(1);\n"))),
        new Change(
            "data committed",
            "tree-changed",
            committed(appended("src/data/names.json", "{\"comment\": \"source: name\"}\n"))),
        new Change("mode committed", "tree-changed", committed(TreeChanges::mode)),
        new Change("link committed", "tree-changed", committed(TreeChanges::link)),
        new Change("file removed, committed", "tree-changed", committed(TreeChanges::removed)));
  }

  /** One byte of each tracked file. */
  static List<Change> oneByteOfEachFile(WorkTree tree) throws IOException {
    List<Change> changes = new ArrayList<>();
    for (String file : tree.trackedFiles()) {
      if (!Files.isSymbolicLink(tree.path(file))) {
        changes.add(
            new Change("one byte of " + file, "dirty-tree", scene -> flip(scene.tree(), file)));
      }
    }
    return changes;
  }

  /** An edit that is committed and pushed. */
  static Edit committed(Edit edit) {
    return scene -> {
      Commit before = scene.commit();
      Undo undo = edit.apply(scene);
      scene.push("Change");
      return () -> {
        // Git itself leaves a file alone whose bytes come to the same blob.
        undo.run();
        scene.reset(before);
      };
    };
  }

  static Edit appended(String file, String text) {
    return scene ->
        rewritten(scene.tree().path(file), Files.readString(scene.tree().path(file)) + text);
  }

  static Edit replaced(String file, String from, String to) {
    return scene -> {
      Path path = scene.tree().path(file);
      String text = Files.readString(path);
      if (!text.contains(from)) {
        throw new IllegalStateException(file + " does not contain " + from);
      }
      return rewritten(path, text.replace(from, to));
    };
  }

  private static Undo rewritten(Path path, String text) throws IOException {
    byte[] before = Files.readAllBytes(path);
    Files.writeString(path, text);
    return () -> Files.write(path, before);
  }

  static Undo flip(WorkTree tree, String file) throws IOException {
    byte[] before = Files.readAllBytes(tree.path(file));
    byte[] after = before.clone();
    after[after.length / 2] ^= 1;
    Files.write(tree.path(file), after);
    return () -> Files.write(tree.path(file), before);
  }

  private static Undo mode(Scene scene) throws IOException {
    Path path = scene.tree().path(SOURCE);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return () -> Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static Undo link(Scene scene) throws IOException {
    Path link = scene.tree().path("src/link.js");
    Path target = Files.readSymbolicLink(link);
    lead(link, Path.of("sinks.js"));
    return () -> lead(link, target);
  }

  private static void lead(Path link, Path target) throws IOException {
    Files.delete(link);
    Files.createSymbolicLink(link, target);
  }

  private static Undo sameSizeAndTime(Scene scene) throws IOException {
    Path path = scene.tree().path(SOURCE);
    FileTime time = Files.getLastModifiedTime(path);
    scene.tree().git("update-index", "--refresh");
    Undo undo = flip(scene.tree(), SOURCE);
    Files.setLastModifiedTime(path, time);
    return undo;
  }

  private static Undo assumeUnchanged(Scene scene) throws IOException {
    return flagged(scene, "assume-unchanged");
  }

  private static Undo skipWorktree(Scene scene) throws IOException {
    return flagged(scene, "skip-worktree");
  }

  private static Undo flagged(Scene scene, String flag) throws IOException {
    scene.tree().git("update-index", "--" + flag, SOURCE);
    Undo undo = flip(scene.tree(), SOURCE);
    return () -> {
      undo.run();
      scene.tree().git("update-index", "--no-" + flag, SOURCE);
    };
  }

  private static Undo removed(Scene scene) throws IOException {
    Path path = scene.tree().path("src/sinks.js");
    byte[] before = Files.readAllBytes(path);
    Files.delete(path);
    return () -> Files.write(path, before);
  }

  private static Undo staged(Scene scene) throws Exception {
    Undo undo = flip(scene.tree(), SOURCE);
    scene.tree().git("add", SOURCE);
    undo.run();
    return () -> scene.tree().git("reset", "--quiet", "--", SOURCE);
  }

  static Edit added(String file) {
    return scene -> {
      scene.tree().write(file, "eval(2);\n");
      return () -> Files.delete(scene.tree().path(file));
    };
  }

  private static Undo submoduleChanged(Scene scene) throws IOException {
    return flip(scene.tree(), SampleRepository.SUBMODULE + "/sub.js");
  }

  private static Undo submoduleMissing(Scene scene) throws IOException {
    scene.tree().git("submodule", "--quiet", "deinit", "--force", SampleRepository.SUBMODULE);
    return () -> scene.tree().git("submodule", "--quiet", "update", "--init");
  }

  private static Undo sparse(Scene scene) throws IOException {
    scene.tree().git("sparse-checkout", "set", "--cone", ".github", "src", "lib");
    return () -> scene.tree().git("sparse-checkout", "disable");
  }
}
