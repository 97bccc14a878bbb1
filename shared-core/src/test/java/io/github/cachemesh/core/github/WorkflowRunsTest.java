package io.github.cachemesh.core.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.testkit.github.Fault;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class WorkflowRunsTest {
  private static final WorkflowFile CODEQL = new WorkflowFile("codeql.yml");
  private static final RunScope MAIN = new RunScope.Branch("main");
  private static final RunScope PULL = new RunScope.PullRequest(3, "topic");
  private static final int OURS = 20;

  private Rig rig;
  private WorkflowRuns runs;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig();
    runs = new WorkflowRuns(rig.api, Rig.REPOSITORY);
    declare(OURS, "main", "push", "in_progress", "");
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private void declare(int number, String branch, String event, String status, String more) {
    rig.declare(
        "run",
        ("\"workflow\":\"codeql.yml\",\"run_number\":%d,\"branch\":\"%s\",\"event\":\"%s\","
                    + "\"status\":\"%s\"")
                .formatted(number, branch, event, status)
            + more);
  }

  private Optional<Integer> pending(RunScope scope) throws Exception {
    return runs.pendingOlderThan(CODEQL, scope, OURS).map(PendingRun::runNumber);
  }

  @ParameterizedTest
  @ValueSource(strings = {"queued", "in_progress", "waiting", "pending", "requested"})
  void olderRunThatHasNotCompletedIsFound(String status) throws Exception {
    declare(12, "main", "push", status, "");
    Optional<PendingRun> found = runs.pendingOlderThan(CODEQL, MAIN, OURS);
    assertThat(found.orElseThrow().status()).isEqualTo(status);
    assertThat(found.orElseThrow().url()).contains("/actions/runs/" + found.orElseThrow().id());
  }

  @Test
  void oldestIsNamed() throws Exception {
    declare(13, "main", "push", "queued", "");
    declare(11, "main", "workflow_dispatch", "in_progress", "");
    assertThat(pending(MAIN)).contains(11);
  }

  @Test
  void ownNewerAndCompletedRunsDoNotMatter() throws Exception {
    declare(21, "main", "push", "queued", "");
    declare(12, "main", "push", "completed", ",\"conclusion\":\"success\"");
    assertThat(pending(MAIN)).isEmpty();
  }

  @Test
  void runsOfOtherBranchesAndWorkflowsDoNotMatter() throws Exception {
    declare(12, "topic", "push", "queued", "");
    rig.declare(
        "run",
        "\"workflow\":\"ci.yml\",\"run_number\":1,\"branch\":\"main\",\"status\":\"queued\"");
    assertThat(pending(MAIN)).isEmpty();
  }

  @Test
  void pullRequestFromABranchOfTheSameNameDoesNotMatterToABranch() throws Exception {
    declare(12, "main", "pull_request", "queued", ",\"pull_request\":8");
    assertThat(pending(MAIN)).isEmpty();
  }

  @Test
  void runOfTheSamePullRequestIsFound() throws Exception {
    declare(12, "topic", "pull_request", "queued", ",\"pull_request\":3");
    assertThat(pending(PULL)).contains(12);
  }

  @Test
  void runOfAnotherPullRequestOrOfTheBranchDoesNotMatterToAPullRequest() throws Exception {
    declare(12, "topic", "pull_request", "queued", ",\"pull_request\":4");
    declare(13, "topic", "push", "queued", "");
    assertThat(pending(PULL)).isEmpty();
  }

  @Test
  void runWhosePullRequestIsNotSaidCounts() throws Exception {
    declare(12, "topic", "pull_request", "queued", "");
    assertThat(pending(PULL)).contains(12);
  }

  @Test
  void pendingRunBehindAHundredCompletedOnesIsFound() throws Exception {
    declare(1, "main", "push", "waiting", "");
    for (int i = 0; i < 110; i++) {
      declare(2 + i % 10, "main", "push", "completed", "");
    }
    assertThat(pending(MAIN)).contains(1);
  }

  @Test
  void oneUnansweredQuestionMakesTheAnswerUnknown() {
    rig.simulator.faults().inject(".*status=waiting.*", new Fault.Status(502), 10);
    assertThatThrownBy(() -> pending(MAIN)).isInstanceOf(GitHubUnavailableException.class);
  }

  @Test
  void unknownWorkflowIsAbsent() {
    assertThatThrownBy(() -> runs.pendingOlderThan(new WorkflowFile("no.yml"), MAIN, OURS))
        .isInstanceOf(GitHubAbsentException.class)
        .hasMessageContaining("no.yml");
  }

  @Test
  void jobWithoutThePermissionIsToldWhichOne() {
    assertThatThrownBy(
            () ->
                new WorkflowRuns(rig.poorApi, Rig.REPOSITORY).pendingOlderThan(CODEQL, MAIN, OURS))
        .isInstanceOf(GitHubForbiddenException.class)
        .hasMessageContaining("actions: read");
  }
}
