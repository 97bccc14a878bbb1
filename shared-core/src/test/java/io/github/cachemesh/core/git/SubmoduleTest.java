package io.github.cachemesh.core.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submodules are part of what CodeQL sees, so they are proven as their top is. */
class SubmoduleTest {
  @TempDir private Path temp;
  private GitRepo repo;
  private GitRepo inner;

  @BeforeEach
  void makeRepositories() {
    GitRepo innermost = GitRepo.init(temp.resolve("innermost")).write("c", "c").commit("c");
    GitRepo library =
        GitRepo.init(temp.resolve("library")).write("lib/b", "b").write(".gitignore", "*.o\n");
    library.git("submodule", "add", "-q", innermost.top().toString(), "deep");
    library.commit("b");
    repo = GitRepo.init(temp.resolve("repo")).write("a", "a");
    repo.git("submodule", "add", "-q", library.top().toString(), "vendor/library");
    repo.git("submodule", "update", "-q", "--init", "--recursive");
    repo.commit("a");
    inner = new GitRepo(repo.path("vendor/library"));
  }

  private static void assertUnfit(CheckoutState state, Unfitness reason, String named) {
    assertThat(state)
        .isInstanceOfSatisfying(
            CheckoutState.Unfit.class,
            unfit -> {
              assertThat(unfit.reason()).as(unfit.detail()).isEqualTo(reason);
              assertThat(unfit.detail()).contains(named);
            });
  }

  @Test
  void submodulesOfSubmodulesAreProven() {
    assertThat(repo.status()).isEmpty();
    assertThat(repo.examine())
        .isInstanceOfSatisfying(
            CheckoutState.Clean.class, clean -> assertThat(clean.files()).isEqualTo(6));
  }

  @Test
  void missingSubmoduleIsNamed() {
    GitRepo clone = GitRepo.init(temp.resolve("clone"));
    clone.git("fetch", "-q", repo.top().toString(), "main");
    clone.git("checkout", "-q", "FETCH_HEAD");
    assertThat(clone.status()).isEmpty();
    assertUnfit(clone.examine(), Unfitness.MISSING_SUBMODULE, "vendor/library");
    clone.git("submodule", "update", "-q", "--init");
    assertUnfit(clone.examine(), Unfitness.MISSING_SUBMODULE, "vendor/library/deep");
    clone.git("submodule", "update", "-q", "--init", "--recursive");
    assertThat(clone.examine())
        .isInstanceOfSatisfying(
            CheckoutState.Clean.class,
            clean ->
                assertThat(clean.digest())
                    .isEqualTo(((CheckoutState.Clean) repo.examine()).digest()));
  }

  @Test
  void editWithinIsDirty() {
    inner.write("deep/c", "d");
    assertUnfit(repo.examine(), Unfitness.DIRTY_SUBMODULE, "vendor/library/deep/c");
  }

  @Test
  void otherCommitIsDirty() {
    inner.git("commit", "-q", "--allow-empty", "-m", "other");
    assertUnfit(repo.examine(), Unfitness.DIRTY_SUBMODULE, "vendor/library is at");
  }

  @Test
  void otherFilesWithinAreFound() {
    inner.write("lib/x.o", "");
    assertUnfit(repo.examine(), Unfitness.IGNORED, "vendor/library/lib/x.o");
    inner.write("lib/x.c", "");
    assertUnfit(repo.examine(), Unfitness.UNTRACKED, "vendor/library/lib/x.c");
    assertThat(repo.examine("", "vendor/library/lib")).isInstanceOf(CheckoutState.Clean.class);
    assertUnfit(repo.examine("vendor/library/lib"), Unfitness.UNTRACKED, "vendor/library/lib/x.c");
    assertThat(repo.examine("vendor/library/deep")).isInstanceOf(CheckoutState.Clean.class);
  }

  @Test
  void hiddenFilesWithinAreFlagged() {
    inner.git("update-index", "--assume-unchanged", "lib/b");
    assertUnfit(repo.examine(), Unfitness.FLAGGED, "lib/b");
  }

  @Test
  void folderInPlaceOfASubmoduleIsMissing() throws IOException {
    Files.delete(inner.path(".git"));
    assertUnfit(repo.examine(), Unfitness.MISSING_SUBMODULE, "vendor/library");
  }
}
