package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.e2e.codeql.Change.Edit;
import io.github.cachemesh.e2e.codeql.Change.Undo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Edits drawn at random, each of which a scan could see. */
final class RandomEdits {
  /** What git cannot commit, or the emulator not read, when it is damaged. */
  private static final Set<String> NEVER_COMMITTED =
      Set.of(SampleRepository.WORKFLOW, ".gitmodules");

  private static final List<String> TEXTS =
      List.of(
          "eval(0);\n",
          "sink(name);\n",
          "source: name\n",
          "md5(",
          "\r\n",
          "\uFEFF",
          "// é\n",
          "\0");

  private final Random random;

  RandomEdits(Random random) {
    this.random = random;
  }

  /** An edit and what it does. */
  record Named(String name, Edit edit) {}

  Named next(Scene scene) throws IOException {
    return switch (random.nextInt(10)) {
      case 0 -> setting();
      case 1 -> workflow();
      case 2 -> hidden(file(scene));
      case 3 -> beside();
      default -> content(file(scene));
    };
  }

  private String file(Scene scene) throws IOException {
    return pick(scene.tree().trackedFiles());
  }

  private <T> T pick(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private Named content(String file) {
    boolean committed = random.nextInt(3) == 0 && !NEVER_COMMITTED.contains(file);
    Named edit =
        switch (random.nextInt(6)) {
          case 0 -> new Named("remove " + file, scene -> removed(scene.tree().path(file)));
          case 1 -> new Named("mode or kind of " + file, scene -> kind(scene.tree().path(file)));
          case 2 -> new Named("line ends of " + file, scene -> lineEnds(scene.tree().path(file)));
          default -> {
            long seed = random.nextLong();
            yield new Named("bytes of " + file, scene -> bytes(scene.tree().path(file), seed));
          }
        };
    return committed
        ? new Named(edit.name() + ", committed", TreeChanges.committed(edit.edit()))
        : edit;
  }

  private static Undo rewritten(Path path, byte[] content) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return kind(path);
    }
    byte[] before = Files.readAllBytes(path);
    if (Arrays.equals(before, content)) {
      throw new IllegalStateException("an edit has to change something");
    }
    Files.write(path, content);
    return () -> Files.write(path, before);
  }

  private static Undo bytes(Path path, long seed) throws IOException {
    Random own = new Random(seed);
    byte[] before = Files.isSymbolicLink(path) ? new byte[1] : Files.readAllBytes(path);
    int at = own.nextInt(before.length);
    if (own.nextBoolean()) {
      byte[] flipped = before.clone();
      flipped[at] ^= (byte) (1 << own.nextInt(8));
      return rewritten(path, flipped);
    }
    byte[] text =
        TEXTS.get(own.nextInt(TEXTS.size())).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] longer = Arrays.copyOf(before, before.length + text.length);
    System.arraycopy(before, at, longer, at + text.length, before.length - at);
    System.arraycopy(text, 0, longer, at, text.length);
    return rewritten(path, longer);
  }

  private static Undo lineEnds(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return kind(path);
    }
    String latin = Files.readString(path, java.nio.charset.StandardCharsets.ISO_8859_1);
    String other =
        latin.contains("\r\n") ? latin.replace("\r\n", "\n") : latin.replace("\n", "\r\n");
    return rewritten(path, other.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  private static Undo removed(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return kind(path);
    }
    byte[] before = Files.readAllBytes(path);
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path);
    Files.delete(path);
    return () -> {
      Files.write(path, before);
      Files.setPosixFilePermissions(path, mode);
    };
  }

  /** A link becomes a file of the same bytes, a file becomes executable or no longer. */
  private static Undo kind(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      Path target = Files.readSymbolicLink(path);
      Files.delete(path);
      Files.writeString(path, target.toString());
      return () -> {
        Files.delete(path);
        Files.createSymbolicLink(path, target);
      };
    }
    Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> after = new HashSet<>(before);
    if (!after.remove(PosixFilePermission.OWNER_EXECUTE)) {
      after.add(PosixFilePermission.OWNER_EXECUTE);
    }
    Files.setPosixFilePermissions(path, after);
    return () -> Files.setPosixFilePermissions(path, before);
  }

  /** An edit that git is told, or made, not to see. */
  private Named hidden(String file) {
    String flag = pick(List.of("", "assume-unchanged", "skip-worktree"));
    return new Named(
        "hide " + flag + " bytes of " + file,
        scene -> {
          Path path = scene.tree().path(file);
          if (Files.isSymbolicLink(path)) {
            return kind(path);
          }
          if (!flag.isEmpty()) {
            scene.tree().git("update-index", "--" + flag, file);
          }
          FileTime time = Files.getLastModifiedTime(path);
          Undo undo = TreeChanges.flip(scene.tree(), file);
          Files.setLastModifiedTime(path, time);
          return () -> {
            undo.run();
            if (!flag.isEmpty()) {
              scene.tree().git("update-index", "--no-" + flag, file);
            }
          };
        });
  }

  /** Something that is not of the repository itself. */
  private Named beside() {
    String file =
        pick(
            List.of(
                "src/new.js",
                "new.txt",
                "build/made.js",
                "src/noise.log",
                SampleRepository.SUBMODULE + "/more.js"));
    if (random.nextInt(4) == 0) {
      return new Named(
          "bytes of the submodule",
          scene -> TreeChanges.flip(scene.tree(), SampleRepository.SUBMODULE + "/sub.js"));
    }
    return new Named(
        "add " + file,
        scene -> {
          Path folder = scene.tree().path(file).getParent();
          boolean there = Files.exists(folder);
          scene.tree().write(file, pick(TEXTS));
          return () -> {
            Files.delete(scene.tree().path(file));
            if (!there) {
              Files.delete(folder);
            }
          };
        });
  }

  private Named setting() {
    int number = random.nextInt(1_000_000);
    return switch (random.nextInt(4)) {
      case 0 -> {
        String suite =
            pick(List.of("security-extended", "security-and-quality", "./queries/" + number));
        yield new Named("queries " + suite, SettingChanges.variable("QUERIES", suite));
      }
      case 1 -> {
        String name =
            pick(
                List.of(
                    "CODEQL_EXTRACTOR_JAVASCRIPT_OPTION_X",
                    "LGTM_INDEX_FILTERS",
                    "CODEQL_ACTION_EXTRA_OPTIONS"));
        yield new Named(name, SettingChanges.environment(name, "{\"x\": " + number + "}"));
      }
      case 2 -> new Named("image", SettingChanges.environment("ImageVersion", "2026." + number));
      default -> new Named("property", scene -> property(scene, number));
    };
  }

  private static Undo property(Scene scene, int number) {
    String name = "github-codeql-extra-queries";
    scene.hub().property(name, Optional.of("+./queries/" + number));
    return () -> scene.hub().property(name, Optional.empty());
  }

  private Named workflow() {
    int number = random.nextInt(1_000);
    String sha = "%040x".formatted(new java.math.BigInteger(159, random).setBit(0));
    return switch (random.nextInt(6)) {
      case 0 -> inWorkflow("2.25.6", "2.%d.%d".formatted(26 + number % 9, number % 10));
      case 1 -> inWorkflow("8aad20d150bbac5944a9f9d289da16a4b0d87c1e", sha);
      case 2 -> inWorkflow("category: /language:javascript", "category: /project:" + number);
      case 3 -> inWorkflow("build-mode: none", "source-root: src\n          build-mode: none");
      case 4 ->
          inWorkflow(
              "queries: ${{", "packs: octo/rules@1.2." + number + "\n          queries: ${{");
      default -> inWorkflow("name: CodeQL\n", "name: CodeQL\n# " + number + "\n");
    };
  }

  private static Named inWorkflow(String from, String to) {
    return new Named("workflow: " + to.strip(), SettingChanges.inWorkflow(from, to));
  }
}
