package io.github.cachemesh.core.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Trees, pull requests, properties and files. */
@Timeout(30)
class RepositoryQuestionsTest {
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void declarePull(int number, String more) {
    rig.declare(
        "pull",
        ("\"number\":%d,\"head_ref\":\"topic\",\"head_sha\":\"%s\",\"merge_commit_sha\":\"%s\"")
                .formatted(number, Rig.TREE, Rig.COMMIT)
            + more);
  }

  private PullRequest pull() throws Exception {
    Listing<PullRequest> pulls = new PullRequests(rig.api, Rig.REPOSITORY).ofCommit(Rig.COMMIT);
    assertThat(pulls.items()).hasSize(1);
    return pulls.items().getFirst();
  }

  @Test
  void commitHasItsTree() throws Exception {
    rig.declareCommit();
    assertThat(new Commits(rig.api, Rig.REPOSITORY).tree(Rig.COMMIT)).isEqualTo(Rig.TREE);
  }

  @Test
  void unknownCommitIsAbsent() {
    assertThatThrownBy(() -> new Commits(rig.api, Rig.REPOSITORY).tree(Rig.COMMIT))
        .isInstanceOf(GitHubAbsentException.class)
        .hasMessageContaining(Rig.COMMIT)
        .hasMessageContaining("contents: read");
  }

  @Test
  void branchIsNoCommit() {
    assertThatThrownBy(() -> new Commits(rig.api, Rig.REPOSITORY).tree("../../user"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rig.simulator.ledger().count()).isZero();
  }

  @Test
  void mergedPullRequestOfTheRepositoryIsRead() throws Exception {
    rig.declareCommit();
    declarePull(70, "");
    PullRequest pull = pull();
    assertThat(pull.number()).isEqualTo(70);
    assertThat(pull.mergedAt()).isPresent();
    assertThat(pull.mergeCommitSha()).contains(Rig.COMMIT);
    assertThat(pull.headSha()).isEqualTo(Rig.TREE);
    assertThat(pull.headRef()).isEqualTo("topic");
    assertThat(pull.baseRef()).isEqualTo("main");
    assertThat(pull.fromSameRepository()).isTrue();
  }

  @Test
  void openPullRequestIsNotMerged() throws Exception {
    rig.declareCommit();
    declarePull(70, ",\"merged\":false");
    assertThat(pull().mergedAt()).isEmpty();
  }

  @Test
  void forkIsAnotherRepositoryEvenWhenDeleted() throws Exception {
    rig.declareCommit();
    declarePull(70, ",\"head_repository_id\":4711");
    assertThat(pull().fromSameRepository()).isFalse();
    declarePull(70, ",\"head_repository_id\":null");
    assertThat(
            new PullRequests(rig.api, Rig.REPOSITORY)
                .ofCommit(Rig.COMMIT)
                .items()
                .getFirst()
                .fromSameRepository())
        .isFalse();
  }

  @Test
  void commitWithoutPullRequestHasNone() throws Exception {
    rig.declareCommit();
    assertThat(new PullRequests(rig.api, Rig.REPOSITORY).ofCommit(Rig.COMMIT).items()).isEmpty();
  }

  @Test
  void onlyPropertiesForCodeqlAreRead() throws Exception {
    RepositoryProperties properties = new RepositoryProperties(rig.api, Rig.REPOSITORY);
    assertThat(properties.extraQueries()).isEmpty();
    rig.declare("property", "\"name\":\"team\",\"value\":\"core\"");
    rig.declare("property", "\"name\":\"github-codeql-extra-queries\",\"value\":\"+octo/q@1.2.3\"");
    rig.declare("property", "\"name\":\"github-codeql-later\",\"value\":[\"a\",\"b\"]");
    assertThat(properties.extraQueries()).contains("+octo/q@1.2.3");
    assertThat(properties.codeql())
        .containsOnlyKeys("github-codeql-extra-queries", "github-codeql-later")
        .containsEntry("github-codeql-later", "[\"a\",\"b\"]");
  }

  @Test
  void fileIsReadAsItIs() throws Exception {
    byte[] file =
        new RepositoryFiles(rig.api, Rig.REPOSITORY)
            .read(".github/workflows/ci.yml", Rig.COMMIT, 1_000);
    assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo("on: push\njobs: {}\n");
    assertThat(rig.simulator.ledger().requests().getFirst().path()).contains("ref=" + Rig.COMMIT);
  }

  @Test
  void folderIsNoFile() {
    assertThatThrownBy(
            () -> new RepositoryFiles(rig.api, Rig.REPOSITORY).read(".github", Rig.COMMIT, 10_000))
        .isInstanceOf(GitHubUnavailableException.class);
  }

  @Test
  void fileOverTheBoundIsRefused() {
    assertThatThrownBy(
            () -> new RepositoryFiles(rig.api, Rig.REPOSITORY).read("README.md", Rig.COMMIT, 10))
        .isInstanceOf(GitHubUnavailableException.class)
        .hasMessageContaining("longer than 10 bytes");
  }

  @Test
  void pathDoesNotClimbOut() {
    assertThatThrownBy(
            () ->
                new RepositoryFiles(rig.api, Rig.REPOSITORY)
                    .read("a/../../../user", Rig.COMMIT, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
