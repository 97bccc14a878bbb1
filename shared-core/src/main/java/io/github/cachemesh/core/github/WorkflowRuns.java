package io.github.cachemesh.core.github;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import tools.jackson.databind.JsonNode;

/** The runs of a repository's workflows. Thread-safe; blocks. */
public final class WorkflowRuns {
  private static final List<String> PENDING =
      List.of("requested", "pending", "waiting", "queued", "in_progress");

  private final GitHubApi api;
  private final RepositoryName repository;

  public WorkflowRuns(GitHubApi api, RepositoryName repository) {
    this.api = api;
    this.repository = repository;
  }

  /**
   * An older run of the workflow, in the same scope, that has not completed: what it uploads may
   * land after what this run uploads. Asks for each pending state and for the newest 100 runs, all
   * at the same time: one of these that changes its state between two answers is not overlooked.
   *
   * @param runNumber of this run; older ones have lower numbers
   * @throws GitHubUnavailableException also when there are too many pending runs to read them all
   * @throws GitHubException as its kind says
   */
  public Optional<PendingRun> pendingOlderThan(WorkflowFile workflow, RunScope scope, int runNumber)
      throws GitHubException {
    Question question =
        Question.of(
                repository,
                "the runs of workflow " + workflow.name(),
                Permission.ACTIONS,
                "actions",
                "workflows",
                workflow.name(),
                "runs")
            .with(Map.of("branch", branch(scope)));
    Deadline deadline = api.deadline();
    List<Callable<Listing<PendingRun>>> questions = new ArrayList<>();
    questions.add(() -> api.list(question, 1, deadline, page -> pending(page, scope, runNumber)));
    for (String status : PENDING) {
      Question filtered = question.with(Map.of("status", status));
      questions.add(() -> all(filtered, deadline, scope, runNumber));
    }
    return answers(question, questions).stream()
        .flatMap(listing -> listing.items().stream())
        .min(Comparator.comparingInt(PendingRun::runNumber));
  }

  private Listing<PendingRun> all(
      Question question, Deadline deadline, RunScope scope, int runNumber) throws GitHubException {
    Listing<PendingRun> found =
        api.list(
            question, api.limits().maxPages(), deadline, page -> pending(page, scope, runNumber));
    if (!found.complete() && found.items().isEmpty()) {
      throw new GitHubUnavailableException(
          "There are more unfinished runs than can be read, asking for " + question);
    }
    return found;
  }

  private static <T> List<T> answers(Question question, List<Callable<T>> questions)
      throws GitHubException {
    // Not virtual ones: what polls sockets for them holds the JVM up for 300 ms when it ends.
    ThreadFactory platform = Thread.ofPlatform().daemon().factory();
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(platform)) {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer : threads.invokeAll(questions)) {
        answers.add(answer.get());
      }
      return answers;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitHubUnavailableException("Interrupted while asking for " + question, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GitHubException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private static String branch(RunScope scope) {
    return switch (scope) {
      case RunScope.Branch(String name) -> name;
      case RunScope.PullRequest(_, String headBranch) -> headBranch;
    };
  }

  private static List<PendingRun> pending(JsonNode page, RunScope scope, int runNumber) {
    return page.required("workflow_runs")
        .asArray()
        .valueStream()
        .filter(run -> isIn(run, scope))
        .map(WorkflowRuns::run)
        .filter(run -> run.runNumber() < runNumber && !run.status().equals("completed"))
        .toList();
  }

  private static boolean isIn(JsonNode run, RunScope scope) {
    boolean ofPull = Field.text(run, "event").equals("pull_request");
    return switch (scope) {
      case RunScope.Branch _ -> !ofPull;
      case RunScope.PullRequest(int number, _) -> ofPull && mayBeFor(run, number);
    };
  }

  private static boolean mayBeFor(JsonNode run, int number) {
    JsonNode pulls = run.path("pull_requests");
    return pulls.isEmpty()
        || pulls.valueStream().anyMatch(pull -> Field.count(pull, "number") == number);
  }

  private static PendingRun run(JsonNode run) {
    return new PendingRun(
        Field.number(run, "id"),
        Field.count(run, "run_number"),
        Field.text(run, "status"),
        Field.text(run, "html_url"));
  }
}
