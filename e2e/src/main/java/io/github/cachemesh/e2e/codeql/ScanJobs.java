package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.testkit.runner.ActionLauncher;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.Workflow;
import io.github.cachemesh.testkit.runner.WorkflowJob;
import io.github.cachemesh.testkit.runner.WorkflowRunner;
import io.github.cachemesh.testkit.runner.WorkflowStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs the workflow that the checkout's commit holds, on one self-hosted runner, with the stand-in
 * for codeql-action. For one thread at a time.
 */
final class ScanJobs {
  static final String JOB = "scan";
  static final String CACHE = "cache";
  static final String STORE_KEY = "e2e store key of forty characters or more";

  private static final Path ACTION_YML = Path.of("setup-codeql-cache/action.yml");

  private final Path folder;
  private final StandIn standIn;
  private final EmulatedRunner runner;
  private final Hub hub;
  private final EmulatedAction cache;
  private final long repositoryId;

  /**
   * @param folder of the runner
   * @param launcher of our action
   */
  ScanJobs(Path folder, StandIn standIn, Hub hub, ActionLauncher launcher) throws IOException {
    this.folder = folder;
    this.standIn = standIn;
    this.hub = hub;
    this.runner = EmulatedRunner.in(folder).flavour(Flavour.SELF_HOSTED);
    this.repositoryId = hub.repositoryId();
    this.cache = EmulatedAction.of(ACTION_YML, launcher);
  }

  Path workspace() {
    return runner.folders().workspace();
  }

  /** Runs the whole workflow. */
  JobResult run(Commit commit, Trigger trigger) throws IOException, InterruptedException {
    WorkflowRunner workflows =
        new WorkflowRunner(runner, cache.launcher())
            .idle("actions/checkout@v5")
            .action("cachemesh/setup-codeql-cache@v1", cache);
    for (String reference : referencesToCodeql(commit.workflow())) {
      workflows.action(reference, standIn.action(reference));
    }
    Workflow workflow = workflow(commit);
    Hub.Run run = start(trigger);
    try {
      return workflows.run(workflow, job -> set(job, commit, trigger, run)).job(JOB);
    } finally {
      hub.complete(run);
    }
  }

  /** Runs our step of the workflow only. */
  StepResult decide(Commit commit, Trigger trigger) throws IOException, InterruptedException {
    Hub.Run run = start(trigger);
    try {
      WorkflowJob plan = plan(commit);
      Job job = Job.named(JOB);
      plan.env().forEach(job::env);
      set(job, commit, trigger, run);
      return runner.run(job.uses(CACHE, cache, ourInputs(plan))).step(CACHE);
    } finally {
      hub.complete(run);
    }
  }

  private static Map<String, String> ourInputs(WorkflowJob plan) {
    return plan.steps().stream()
        .filter(step -> step.id().equals(CACHE))
        .map(step -> ((WorkflowStep.Uses) step).with())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the workflow has no step " + CACHE));
  }

  WorkflowJob plan(Commit commit) throws IOException {
    return workflow(commit).jobs().getFirst();
  }

  private Workflow workflow(Commit commit) throws IOException {
    return Workflow.read(Files.writeString(folder.resolve("workflow.yml"), commit.workflow()));
  }

  private Hub.Run start(Trigger trigger) {
    return hub.start(trigger.branch(), trigger.event(), trigger.pullRequest());
  }

  private static List<String> referencesToCodeql(String workflow) {
    return workflow
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("uses: github/codeql-action/"))
        .map(line -> line.substring("uses: ".length()))
        .distinct()
        .toList();
  }

  private void set(Job job, Commit commit, Trigger trigger, Hub.Run run) {
    job.githubToken(Hub.TOKEN.value())
        .secret("CODEQL_STORE_KEY", STORE_KEY)
        .github("repository", Hub.REPOSITORY)
        .github("repository_id", Long.toString(repositoryId))
        .github("api_url", hub.api().toString())
        .github("run_id", Long.toString(run.id()))
        .github("run_number", Integer.toString(run.number()))
        .github("sha", commit.sha())
        .github("workflow_sha", commit.sha())
        .github("workflow", "CodeQL")
        .github(
            "workflow_ref", Hub.REPOSITORY + "/" + SampleRepository.WORKFLOW + "@" + trigger.ref());
    trigger.apply(job);
    // codeql-action hands its inputs, the token among them, to its posts.
    for (String step : List.of("init", "analyze", "upload")) {
      job.allowSecretsIn("state 'persisted_inputs' of step '" + step + "'");
    }
  }
}
