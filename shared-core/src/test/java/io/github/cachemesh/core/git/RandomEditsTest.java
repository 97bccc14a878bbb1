package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Any edits: what is clean to us is clean to git too and has no edit that git was made blind to;
 * undone, it has the digest that it had.
 */
class RandomEditsTest {
  /** Something that a step of a job may do to a checkout. */
  enum Edit {
    CHANGE,
    CHANGE_KEEPING_SIZE_AND_TIMES,
    APPEND,
    EMPTY,
    DELETE,
    EXECUTABLE,
    TO_LINK,
    TO_FOLDER,
    TO_CRLF,
    FOLDER_TO_LINK,
    RETARGET,
    UNTRACKED,
    IGNORED,
    IGNORED_FOLDER,
    EMPTY_FOLDER,
    TOUCH,
    STAGE_CHANGE,
    UNSTAGE_FILE,
    RENAME,
    INTENT_TO_ADD,
    ASSUME_UNCHANGED,
    SKIP_WORKTREE,
    HIDE_AND_CHANGE
  }

  private static final List<String> FILES =
      List.of("a.txt", "src/One.java", "src/in/Two.java", "src/in/Three.java", "docs/x y.md");

  private static Path temp;
  private static GitRepo repo;
  private static CheckoutState clean;
  private static int moves;

  @BeforeContainer
  static void makeRepository() throws IOException {
    temp = Files.createTempDirectory("random-edits");
    repo = GitRepo.init(temp.resolve("repo"));
    for (String file : FILES) {
      repo.write(file, "first line of " + file + "\nsecond\n");
    }
    repo.write(".gitignore", "*.log\nout/\n").link("src/link", "One.java").commit("all");
    clean = repo.examine();
  }

  @AfterContainer
  static void deleteRepository() throws IOException {
    try (Stream<Path> files = Files.walk(temp)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Example
  void nothingIsClean() {
    assertThat(clean).isInstanceOf(CheckoutState.Clean.class);
  }

  @Property(tries = 150, seed = "5")
  void examinationAgreesWithGitAndWithTheBytes(
      @ForAll @Size(min = 1, max = 2) List<Edit> edits, @ForAll @IntRange(max = 4) int which)
      throws IOException {
    for (Edit edit : edits) {
      apply(edit, FILES.get(which));
    }
    CheckoutState state = repo.examine();
    boolean hidden = repo.git("ls-files", "-v").lines().anyMatch(it -> !it.startsWith("H "));
    boolean same = !hidden && repo.status().isEmpty() && bytesAreThoseOfHead();

    assertThat(state instanceof CheckoutState.Clean).as("%s: %s", edits, state).isEqualTo(same);
    if (same) {
      assertThat(state).isEqualTo(clean);
    }
    repo.checkOutAnew();
    assertThat(repo.examine()).isEqualTo(clean);
  }

  private static boolean bytesAreThoseOfHead() throws IOException {
    for (String file : FILES) {
      if (!Arrays.equals(
          Files.readAllBytes(repo.path(file)), repo.gitBytes("cat-file", "blob", "HEAD:" + file))) {
        return false;
      }
    }
    return true;
  }

  private static void apply(Edit edit, String name) throws IOException {
    Path file = repo.path(name);
    boolean gone = Files.isSymbolicLink(file.getParent());
    if (gone || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    byte[] content = Files.readAllBytes(file);
    switch (edit) {
      case CHANGE -> Files.writeString(file, "other\n");
      case CHANGE_KEEPING_SIZE_AND_TIMES -> {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] changed = content.clone();
        if (changed.length > 0) {
          changed[changed.length / 2] ^= 1;
        }
        Files.write(file, changed);
        Files.setLastModifiedTime(file, time);
      }
      case APPEND -> repo.write(name, new String(content, StandardCharsets.UTF_8) + "\n");
      case EMPTY -> Files.write(file, new byte[0]);
      case DELETE -> Files.delete(file);
      case EXECUTABLE -> {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
        permissions.add(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(file, permissions);
      }
      case TO_LINK -> {
        Files.move(file, temp.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
        Files.createSymbolicLink(file, temp.resolve("copy"));
      }
      case TO_FOLDER -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case TO_CRLF ->
          repo.write(name, new String(content, StandardCharsets.UTF_8).replace("\n", "\r\n"));
      case FOLDER_TO_LINK -> {
        if (Files.isDirectory(repo.path("src/in"), LinkOption.NOFOLLOW_LINKS)) {
          Path moved = temp.resolve("in" + moves++);
          Files.move(repo.path("src/in"), moved);
          Files.createSymbolicLink(repo.path("src/in"), moved);
        }
      }
      case RETARGET -> {
        Files.deleteIfExists(repo.path("src/link"));
        Files.createSymbolicLink(repo.path("src/link"), Path.of("in"));
      }
      case UNTRACKED -> repo.write("src/new/file", "");
      case IGNORED -> repo.write("src/x.log", "");
      case IGNORED_FOLDER -> repo.write("out/deep/er", "");
      case EMPTY_FOLDER -> Files.createDirectories(repo.path("src/empty/folder"));
      case TOUCH -> Files.setLastModifiedTime(file, FileTime.fromMillis(1));
      case STAGE_CHANGE -> {
        repo.write(name, "staged\n");
        repo.git("add", name);
      }
      case UNSTAGE_FILE -> repo.git("rm", "-q", "--cached", "--ignore-unmatch", name);
      case RENAME -> Files.move(file, file.resolveSibling("renamed"));
      case INTENT_TO_ADD -> {
        repo.write("intended", "");
        repo.git("add", "-N", "intended");
      }
      case ASSUME_UNCHANGED -> flag("--assume-unchanged", name);
      case SKIP_WORKTREE -> flag("--skip-worktree", name);
      case HIDE_AND_CHANGE -> {
        flag("--assume-unchanged", name);
        Files.writeString(file, "hidden\n");
      }
    }
  }

  private static void flag(String flag, String name) {
    if (!repo.git("ls-files", name).isEmpty()) {
      repo.git("update-index", flag, name);
    }
  }
}
