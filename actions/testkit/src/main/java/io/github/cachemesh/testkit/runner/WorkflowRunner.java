package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the jobs of a workflow one after another on an {@link EmulatedRunner}. Actions of the
 * repository are read from the runner's workspace, where the caller has put it; others must have
 * been named before. For one thread at a time.
 */
public final class WorkflowRunner {
  private static final String OF_REPOSITORY = "./";

  private final EmulatedRunner runner;
  private final ActionLauncher launcher;
  private final Map<String, EmulatedAction> actions = new HashMap<>();
  private final Set<String> idle = new HashSet<>();

  /**
   * @param launcher of the repository's own actions
   */
  public WorkflowRunner(EmulatedRunner runner, ActionLauncher launcher) {
    this.runner = runner;
    this.launcher = launcher;
  }

  /**
   * Says what an action of another repository is.
   *
   * @param reference as the workflow names it, such as {@code actions/github-script@v8}
   */
  public WorkflowRunner action(String reference, EmulatedAction action) {
    actions.put(reference, action);
    return this;
  }

  /** Has an action of another repository do nothing, whatever its inputs are. */
  public WorkflowRunner idle(String reference) {
    idle.add(reference);
    return this;
  }

  /**
   * Runs the jobs whose conditions hold, each to its end.
   *
   * @param setting gives each job what the workflow's run has: token, secrets, variables
   * @throws SecretLeakException when a masked value is where it must not be
   * @throws IllegalArgumentException for an action, an expression or an input that is not known
   * @throws IOException when an action cannot be read, or the runner's own files or a process fail
   */
  public WorkflowResult run(Workflow workflow, Consumer<Job> setting)
      throws IOException, InterruptedException {
    List<JobResult> results = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    Map<String, Outcome> lineages = new HashMap<>();
    for (WorkflowJob plan : workflow.jobs()) {
      WorkflowResult before = new WorkflowResult(results, skipped);
      Outcome ofAncestors = worst(plan.needs().stream().map(lineages::get).toList());
      for (Map<String, String> combination : combinations(plan)) {
        Job job = Job.named(plan.id()).github("workflow", workflow.name());
        combination.forEach(job::matrix);
        setting.accept(job);
        plan.needs().forEach(need -> job.need(need, before.outcome(need), before.outputs(need)));
        if (job.expressions().after(ofAncestors).hold(plan.condition().expression())) {
          results.add(runner.run(filled(job, plan)));
        } else {
          skipped.add(plan.id());
        }
      }
      Outcome own = new WorkflowResult(results, skipped).outcome(plan.id());
      lineages.put(plan.id(), worst(List.of(ofAncestors, own)));
    }
    return new WorkflowResult(results, skipped);
  }

  private static List<Map<String, String>> combinations(WorkflowJob plan) {
    return plan.matrix().isEmpty() ? List.of(Map.of()) : plan.matrix();
  }

  /** What a job without a condition goes by: not only the jobs it names, but theirs as well. */
  private static Outcome worst(List<Outcome> outcomes) {
    if (outcomes.contains(Outcome.FAILURE)) {
      return Outcome.FAILURE;
    }
    return outcomes.contains(Outcome.SKIPPED) ? Outcome.SKIPPED : Outcome.SUCCESS;
  }

  private Job filled(Job job, WorkflowJob plan) throws IOException {
    if (plan.idTokens()) {
      job.idTokens();
    }
    if (!plan.environment().isEmpty()) {
      job.environment(job.expressions().evaluate(plan.environment()));
    }
    for (WorkflowStep step : plan.steps()) {
      var _ =
          switch (step) {
            case WorkflowStep.Run run ->
                job.script(run.id(), run.condition(), run.env(), run.script());
            case WorkflowStep.Uses uses when idle.contains(uses.action()) ->
                job.run(uses.id(), uses.condition(), Map.of(), "true");
            case WorkflowStep.Uses uses ->
                job.uses(uses.id(), uses.condition(), action(uses), uses.with());
          };
    }
    plan.env().forEach((name, value) -> job.env(name, job.expressions().evaluate(value)));
    plan.outputs().forEach(job::output);
    return job;
  }

  private EmulatedAction action(WorkflowStep.Uses uses) throws IOException {
    if (uses.action().startsWith(OF_REPOSITORY)) {
      Path folder = runner.folders().workspace().resolve(uses.action()).normalize();
      return EmulatedAction.of(folder.resolve("action.yml"), launcher);
    }
    EmulatedAction action = actions.get(uses.action());
    if (action == null) {
      throw new IllegalArgumentException(
          "step '" + uses.id() + "': nobody has said what the action '" + uses.action() + "' is");
    }
    return action;
  }
}
