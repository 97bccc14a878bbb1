package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a checkout that git made is found to be. */
class CheckoutTest {
  @TempDir private Path temp;
  private GitRepo repo;

  @BeforeEach
  void makeRepository() {
    repo =
        GitRepo.init(temp.resolve("repo"))
            .write("src/A.java", "class A {}\n")
            .write("src/deep/er/B.java", "class B {}\n")
            .write("docs/read.md", "# Read\n")
            .write(".gitignore", "*.log\nbuild/\n")
            .link("src/link", "A.java")
            .commit("first");
  }

  private static CheckoutState.Clean clean(CheckoutState state) {
    assertThat(state).isInstanceOf(CheckoutState.Clean.class);
    return (CheckoutState.Clean) state;
  }

  private static void assertUnfit(CheckoutState state, Unfitness reason, String named) {
    assertThat(state).isInstanceOf(CheckoutState.Unfit.class);
    CheckoutState.Unfit unfit = (CheckoutState.Unfit) state;
    assertThat(unfit.reason()).as(unfit.detail()).isEqualTo(reason);
    assertThat(unfit.detail()).contains(named);
  }

  @Test
  void freshCheckoutIsClean() {
    CheckoutState.Clean clean = clean(repo.examine());
    assertThat(clean.commit()).isEqualTo(repo.git("rev-parse", "HEAD").strip());
    assertThat(clean.tree()).isEqualTo(repo.git("rev-parse", "HEAD^{tree}").strip());
    assertThat(clean.files()).isEqualTo(5);
  }

  @Test
  void digestIsThatOfTheTreeNotOfTheCommit() {
    String first = clean(repo.examine()).digest();
    repo.git("commit", "-q", "--allow-empty", "-m", "second");
    assertThat(clean(repo.examine()).digest()).isEqualTo(first);
    repo.write("src/A.java", "class C {}\n").commit("third");
    assertThat(clean(repo.examine()).digest()).isNotEqualTo(first);
    repo.git("revert", "--no-edit", "HEAD");
    assertThat(clean(repo.examine()).digest()).isEqualTo(first);
  }

  @Test
  void editOfSameSizeAndTimesIsSeen() throws IOException {
    Path file = repo.path("src/A.java");
    FileTime time = Files.getLastModifiedTime(file);
    repo.write("src/A.java", "class Z {}\n");
    Files.setLastModifiedTime(file, time);
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/A.java");
  }

  @Test
  void missingFileIsSeen() throws IOException {
    Files.delete(repo.path("src/deep/er/B.java"));
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/deep/er/B.java is missing");
  }

  @Test
  void executableBitIsSeenEvenIfGitIsToldNotToLook() throws IOException {
    Files.setPosixFilePermissions(
        repo.path("src/A.java"), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/A.java is executable");
    repo.git("config", "core.fileMode", "false");
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/A.java is executable");
  }

  @Test
  void symbolicLinkElsewhereIsSeen() throws IOException {
    Files.delete(repo.path("src/link"));
    repo.link("src/link", "B.java");
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/link points elsewhere");
  }

  @Test
  void fileInPlaceOfSymbolicLinkIsSeen() throws IOException {
    Files.delete(repo.path("src/link"));
    repo.write("src/link", "A.java");
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/link is not a symbolic link");
  }

  @Test
  void folderThatBecameASymbolicLinkIsSeen() throws IOException {
    Files.move(repo.path("src/deep"), temp.resolve("elsewhere"));
    repo.link("src/deep", temp.resolve("elsewhere").toString());
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/deep/ is not a folder");
  }

  @Test
  void stagedChangeIsNamed() {
    repo.write("src/New.java", "class New {}\n");
    repo.git("add", "src/New.java");
    assertUnfit(repo.examine(), Unfitness.DIRTY, "staged changes: src/New.java");
  }

  @Test
  void conflictIsDirty() {
    repo.git("checkout", "-q", "-b", "other");
    repo.write("src/A.java", "class Other {}\n").commit("other");
    repo.git("checkout", "-q", "main");
    repo.write("src/A.java", "class Main {}\n").commit("main");
    assertThatThrownBy(() -> repo.git("merge", "-q", "other"));
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/A.java is in conflict");
  }

  @Test
  void untrackedFileIsNamed() {
    repo.write("src/deep/new/C.java", "class C {}\n");
    assertUnfit(repo.examine(), Unfitness.UNTRACKED, "src/deep/new/C.java");
  }

  @Test
  void ignoredFileIsNamed() {
    repo.write("src/deep/build/C.java", "class C {}\n").write("x.log", "");
    assertUnfit(repo.examine(), Unfitness.IGNORED, "src/deep/build/C.java, x.log");
  }

  @Test
  void untrackedComesBeforeIgnored() {
    repo.write("a.log", "").write("z.txt", "");
    assertUnfit(repo.examine(), Unfitness.UNTRACKED, "z.txt");
  }

  @Test
  void excludeOfTheRepositoryIgnores() {
    repo.write(".git/info/exclude", "secret.txt\n").write("src/secret.txt", "");
    assertUnfit(repo.examine(), Unfitness.IGNORED, "src/secret.txt");
  }

  @Test
  void emptyFolderIsNothing() throws IOException {
    Files.createDirectories(repo.path("src/nothing/at/all"));
    assertThat(repo.status()).isEmpty();
    clean(repo.examine());
  }

  @Test
  void nestedRepositoryIsUntracked() {
    GitRepo.init(repo.path("src/nested"));
    assertUnfit(repo.examine(), Unfitness.UNTRACKED, "src/nested/.git");
  }

  @Test
  void otherFilesOutsideTheSourceRootDoNotCount() {
    repo.write("notes.txt", "").write("source/x.txt", "").write("src.txt", "");
    clean(repo.examine("src"));
    repo.write("src/x.txt", "");
    assertUnfit(repo.examine("./src/"), Unfitness.UNTRACKED, "src/x.txt");
  }

  @Test
  void trackedFilesOutsideTheSourceRootCount() {
    repo.write("docs/read.md", "# Changed\n");
    assertUnfit(repo.examine("src"), Unfitness.DIRTY, "docs/read.md");
  }

  @Test
  void declaredFolderMayHoldOtherFiles() {
    repo.write("gen/new/X.java", "").write("src/build/Y.java", "");
    clean(repo.examine("", "gen/new", "src/build/"));
    repo.write("gen/Z.java", "");
    assertUnfit(repo.examine("", "gen/new", "src/build/"), Unfitness.UNTRACKED, "gen/Z.java");
  }

  @Test
  void declaredFolderMayNotChangeTrackedFiles() {
    repo.write("src/A.java", "class Changed {}\n");
    assertUnfit(repo.examine("", "src"), Unfitness.DIRTY, "src/A.java");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "/", "/tmp", "..", "a/../..", ".git", "a/.git"})
  void declaredFolderIsBelowTheCheckout(String folder) {
    assertThatThrownBy(() -> repo.examine("", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("declared folder");
  }

  @Test
  void sourceRootMustBeAFolder() {
    repo.link("linked", "src").commit("link");
    assertUnfit(repo.examine("linked"), Unfitness.UNSUPPORTED, "source root linked");
    assertUnfit(repo.examine("nowhere"), Unfitness.UNSUPPORTED, "source root nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--assume-unchanged", "--skip-worktree"})
  void hiddenFileIsFlagged(String flag) {
    repo.git("update-index", flag, "src/A.java");
    assertUnfit(repo.examine(), Unfitness.FLAGGED, "src/A.java");
  }

  @Test
  void intentToAddIsFlagged() {
    repo.write("src/New.java", "");
    repo.git("add", "-N", "src/New.java");
    assertUnfit(repo.examine(), Unfitness.FLAGGED, "src/New.java is marked intent-to-add");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cone", "--no-cone"})
  void sparseCheckoutIsRefused(String kind) {
    repo.git("sparse-checkout", "set", kind, "docs");
    assertUnfit(repo.examine(), Unfitness.SPARSE, "sparse");
    repo.git("sparse-checkout", "disable");
    clean(repo.examine());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3", "4"})
  void everyIndexVersionIsRead(String version) {
    String digest = clean(repo.examine()).digest();
    repo.git("update-index", "--index-version", version);
    assertThat(clean(repo.examine()).digest()).isEqualTo(digest);
  }

  @Test
  void splitIndexIsUnsupported() {
    repo.git("update-index", "--split-index");
    assertUnfit(repo.examine(), Unfitness.UNSUPPORTED, "index cannot be read");
  }

  @Test
  void untrackedCacheAndUnhashedIndexAreRead() {
    repo.git("update-index", "--force-untracked-cache");
    repo.status();
    clean(repo.examine());
    repo.git("config", "index.skipHash", "true");
    repo.git("update-index", "--force-write-index", "--refresh");
    clean(repo.examine());
  }

  @Test
  void sha256RepositoryIsUnsupported() {
    GitRepo other = GitRepo.init(temp.resolve("sha256"), "--object-format=sha256");
    other.write("a", "a").commit("first");
    assertUnfit(other.examine(), Unfitness.UNSUPPORTED, "sha256, not by SHA-1");
  }

  @Test
  void repositoryWithoutCommitIsNoCheckout() {
    assertUnfit(
        GitRepo.init(temp.resolve("empty")).examine(), Unfitness.NO_CHECKOUT, "HEAD has no commit");
  }

  @Test
  void folderWithoutRepositoryIsNoCheckout() {
    assertThatThrownBy(() -> Checkout.open(temp))
        .isInstanceOfSatisfying(
            CheckoutException.class, e -> assertThat(e.reason()).isEqualTo(Unfitness.NO_CHECKOUT))
        .hasMessageContaining("actions/checkout");
  }

  @Test
  void shallowAndDetachedCloneIsClean() {
    repo.write("src/A.java", "class Second {}\n").commit("second");
    GitRepo clone = GitRepo.init(temp.resolve("clone"));
    clone.git("fetch", "-q", "--depth=1", repo.path(".git").toUri().toString(), "main");
    clone.git("checkout", "-q", "--detach", "FETCH_HEAD");
    assertThat(clean(clone.examine()).digest()).isEqualTo(clean(repo.examine()).digest());
    assertThat(clean(clone.examine()).commit()).isEqualTo(repo.git("rev-parse", "HEAD").strip());
  }

  @Test
  void linkedWorkTreeIsClean() {
    repo.git("worktree", "add", "-q", "--detach", temp.resolve("tree").toString());
    GitRepo tree = new GitRepo(temp.resolve("tree"));
    assertThat(clean(tree.examine()).digest()).isEqualTo(clean(repo.examine()).digest());
    tree.git("config", "extensions.worktreeConfig", "true");
    tree.git("sparse-checkout", "set", "docs");
    assertUnfit(tree.examine(), Unfitness.SPARSE, "sparse");
    clean(repo.examine());
  }

  @Test
  void packedRepositoryIsClean() {
    repo.git("gc", "-q");
    repo.git("pack-refs", "--all");
    clean(repo.examine());
  }

  @Test
  void checkoutOfAnotherOwnerIsClean() throws IOException {
    Path marker = repo.path(".git");
    Integer self = (Integer) Files.getAttribute(marker, "unix:uid");
    if (self == 0) {
      for (Path each : List.of(repo.top(), marker, repo.path("src/A.java"))) {
        Files.setAttribute(each, "unix:uid", 12345, LinkOption.NOFOLLOW_LINKS);
      }
      assertThatThrownBy(repo::status).hasMessageContaining("dubious ownership");
    }
    clean(repo.examine());
  }

  @Test
  void replacedCommitIsNotFollowed() {
    String first = repo.git("rev-parse", "HEAD").strip();
    repo.write("src/A.java", "class Replaced {}\n").commit("second");
    String second = repo.git("rev-parse", "HEAD").strip();
    repo.git("replace", first, second);
    repo.git("checkout", "-q", "--detach", first);
    repo.git("reset", "-q", "--hard");
    assertThat(repo.status()).isEmpty();
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/A.java");
  }

  @Test
  void namesThatAreNotUtf8AreProven() throws IOException {
    byte[] name = {'s', 'r', 'c', '/', (byte) 0xe9, (byte) 0xff, ' ', '%', '\n', '\t'};
    Path file = RawNames.resolve(repo.top(), name);
    Files.write(file, new byte[] {1});
    repo.write("src/ünï 💡#?.txt", "x").commit("names");
    clean(repo.examine());
    Files.write(file, new byte[] {2});
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/");
    Files.write(file, new byte[] {1});
    clean(repo.examine());
    Files.write(RawNames.resolve(repo.top(), new byte[] {(byte) 0xc3}), new byte[] {1});
    assertUnfit(repo.examine(), Unfitness.UNTRACKED, "not tracked");
  }

  @Test
  void controlCharactersOfNamesDoNotReachADetail() {
    repo.write("src/::warning::\u001b[31m\nx", "x");
    CheckoutState.Unfit unfit = (CheckoutState.Unfit) repo.examine();
    assertThat(unfit.detail()).doesNotContain("\n", "\u001b");
  }

  @Test
  void hugeFileIsStreamed() throws IOException {
    try (var channel =
        java.nio.channels.FileChannel.open(
            repo.path("src/huge.bin"),
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.WRITE)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}), 300L << 20);
    }
    repo.git("config", "core.compression", "0");
    repo.commit("huge");
    clean(repo.examine());
  }

  @Test
  void linkToWhatIsNotProvenIsRefused() {
    repo.link("src/out", "../../outside").commit("out");
    assertUnfit(repo.examine(), Unfitness.UNSUPPORTED, "src/out points at what is not proven");
    clean(repo.examine("docs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc", "../../x", "../.git/config", "../gen", "../gen/x", "deep/../../gen"})
  void linkOutOfTheProvenIsRefused(String target) {
    repo.link("src/out", target).commit("out");
    assertUnfit(repo.examine("", "gen"), Unfitness.UNSUPPORTED, "src/out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deep", "../docs/read.md", "./deep/er", "nowhere", "link", "../docs"})
  void linkWithinTheProvenIsClean(String target) {
    repo.link("src/in", target).commit("in");
    clean(repo.examine("", "gen"));
  }

  @Test
  void fileOfACommitIsReadFromItsObjects() throws CheckoutException {
    String first = repo.git("rev-parse", "HEAD").strip();
    repo.write("src/A.java", "class Later {}\n").commit("second");
    repo.write("src/A.java", "class Dirty {}\n");
    try (Checkout checkout = Checkout.open(repo.top())) {
      assertThat(checkout.file(first, "src/A.java", 1000))
          .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("class A {}\n"));
      assertThat(checkout.file(checkout.headTree(), "src/A.java", 1000))
          .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("class Later {}\n"));
      for (String none :
          List.of(
              "src", "src/link", "nope", "src/A.java/x", "/src/A.java", "src/../src/A.java", "")) {
        assertThat(checkout.file(first, none, 1000)).as(none).isEmpty();
      }
      assertThat(checkout.file("0".repeat(40), "src/A.java", 1000)).isEmpty();
      assertThat(checkout.file("main", "src/A.java", 1000)).isEmpty();
      assertThatThrownBy(() -> checkout.file(first, "src/A.java", 5))
          .isInstanceOf(CheckoutException.class)
          .hasMessageContaining("11 bytes, more than 5");
    }
  }

  @Test
  void commitsAreFound() throws CheckoutException {
    try (Checkout checkout = Checkout.open(repo.top())) {
      assertThat(checkout.has(checkout.head())).isTrue();
      assertThat(checkout.has(checkout.headTree())).isFalse();
      assertThat(checkout.has("1".repeat(40))).isFalse();
      assertThat(checkout.tree(checkout.head())).hasValue(checkout.headTree());
    }
  }

  @Test
  void objectUnderAWrongNameIsNotBelieved() throws IOException {
    String blob = repo.git("rev-parse", "HEAD:src/A.java").strip();
    String other = repo.git("rev-parse", "HEAD:docs/read.md").strip();
    Path objects = repo.path(".git/objects");
    Path forged = objects.resolve(blob.substring(0, 2)).resolve(blob.substring(2));
    Files.delete(forged);
    Files.copy(objects.resolve(other.substring(0, 2)).resolve(other.substring(2)), forged);
    try (Checkout checkout = Checkout.open(repo.top())) {
      assertThatThrownBy(() -> checkout.file(checkout.head(), "src/A.java", 1000))
          .isInstanceOf(CheckoutException.class)
          .hasMessageContaining("corrupt");
    }
  }

  @Test
  void projectionDropsWhatIsDenied() throws CheckoutException {
    DenyPatterns denied = DenyPatterns.of(List.of("*.md"));
    Projection before = project(denied);
    assertThat(before.dropped()).containsExactly("docs/read.md");
    repo.write("docs/read.md", "# Other\n").write("new.md", "").commit("docs");
    assertThat(project(denied).digest()).isEqualTo(before.digest());
    assertThat(project(DenyPatterns.of(List.of("*.txt"))).digest()).isNotEqualTo(before.digest());
    repo.write("src/A.java", "class Other {}\n").commit("code");
    assertThat(project(denied).digest()).isNotEqualTo(before.digest());
  }

  private Projection project(DenyPatterns denied) throws CheckoutException {
    CheckoutState.Clean clean = clean(repo.examine());
    try (Checkout checkout = Checkout.open(repo.top())) {
      return checkout.projected(clean, denied);
    }
  }

  @Test
  void nothingIsWrittenIntoTheRepository() throws IOException {
    clean(repo.examine());
    List<String> before = listing();
    clean(repo.examine());
    project(DenyPatterns.of(List.of("*.md")));
    assertThat(listing()).isEqualTo(before);
  }

  private List<String> listing() throws IOException {
    try (var files = Files.walk(repo.top())) {
      return files
          .map(
              it -> {
                try {
                  return it + " " + Files.getLastModifiedTime(it, LinkOption.NOFOLLOW_LINKS);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .sorted()
          .toList();
    }
  }

  @Test
  void contentIsComparedNotItsText() {
    repo.write("src/latin", "é".getBytes(StandardCharsets.ISO_8859_1)).commit("latin");
    repo.write("src/latin", "è".getBytes(StandardCharsets.ISO_8859_1));
    assertUnfit(repo.examine(), Unfitness.DIRTY, "src/latin");
  }
}
