package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes processes of steps: evaluates expressions and puts the environment together. Later layers
 * win: workflow, exports of steps, the step's own, and last what the runner sets at every step, so
 * that exporting {@code GITHUB_*} or {@code RUNNER_*} has no effect.
 */
final class StepLaunches {
  private final EmulatedRunner runner;
  private final Job job;
  private final JobState state;
  private final String trackingId;
  private final Map<String, String> tokenVariables;
  private final @Nullable JobContainers containers;

  /**
   * @param tokenVariables by which steps request OIDC tokens; none when the job may not
   * @param containers of the job; null when it asks for none
   */
  StepLaunches(
      EmulatedRunner runner,
      Job job,
      JobState state,
      String trackingId,
      Map<String, String> tokenVariables,
      @Nullable JobContainers containers) {
    this.runner = runner;
    this.job = job;
    this.state = state;
    this.trackingId = trackingId;
    this.tokenVariables = tokenVariables;
    this.containers = containers;
  }

  /** A {@code run:} step, in the job's container or on the host. */
  ActionLauncher.Launch command(JobStep.Run run, StepFiles files) {
    Expressions expressions = expressions();
    List<String> command = run.command().stream().map(expressions::evaluate).toList();
    return onStepHost(run, run.env(), command, files);
  }

  /**
   * A {@code run:} step whose script is put into a file on the host, for the shell that is the
   * runner's where none is named.
   */
  ActionLauncher.Launch script(JobStep.Script step, StepFiles files) throws IOException {
    Path file = runner.folders().temp().resolve(UUID.randomUUID() + ".sh");
    runner.user().own(Files.writeString(file, expressions().evaluate(step.script())));
    return onStepHost(step, step.env(), List.of("bash", "-e", file.toString()), files);
  }

  private ActionLauncher.Launch onStepHost(
      JobStep step, Map<String, String> stepEnv, List<String> command, StepFiles files) {
    Expressions expressions = expressions();
    Map<String, String> env = new HashMap<>(jobEnv());
    stepEnv.forEach((name, value) -> env.put(name, expressions.evaluate(value)));
    env.putAll(runnerVariables(step.id(), files));
    return stepHost().prepare(command, env, state.path(), trackingId);
  }

  private StepHost stepHost() {
    StepHost container = containers == null ? null : containers.jobContainer();
    return container == null
        ? new HostMachine(runner.hostEnv(), runner.user(), runner.folders())
        : container;
  }

  /** One phase of an action, which in a container sees nothing of the host's environment. */
  ActionLauncher.Launch action(JobStep.Uses uses, Phase phase, StepFiles files) {
    ActionMetadata metadata = uses.action().metadata();
    boolean forgetful = runner.flavour() == Flavour.ACT && phase == Phase.POST;
    Expressions ofJob = expressions();
    Map<String, String> inputs = new StepInputs(metadata, !forgetful).evaluate(uses.with(), ofJob);
    Map<String, String> values = new HashMap<>();
    for (String name : metadata.inputs().keySet()) {
      values.put("inputs." + name.toLowerCase(Locale.ROOT), inputs.getOrDefault(name, ""));
    }
    Expressions expressions = ofJob.with(values, Set.of());

    Map<String, String> env = new HashMap<>(jobEnv());
    metadata
        .runs()
        .env()
        .forEach((name, value) -> env.putIfAbsent(name, expressions.evaluate(value)));
    inputs.forEach((name, value) -> env.put(metadata.input(name).variable(), value));
    if (!forgetful) {
      state.stateOf(uses.id()).forEach((name, value) -> env.put("STATE_" + name, value));
    }
    env.putAll(job.actionEnv());
    ActionLauncher launcher = uses.action().launcher();
    if (!launcher.besideCommands()) {
      env.put("HOME", runner.folders().actionHome().toString());
    }
    env.putAll(runnerVariables(uses.id(), files));
    ActionLauncher.Launch launch =
        launcher.prepare(
            new ActionLauncher.Invocation(
                metadata,
                phase,
                metadata.runs().args().stream().map(expressions::evaluate).toList(),
                env,
                runner.folders(),
                trackingId,
                containers == null ? null : containers.network()));
    return launcher.besideCommands()
        ? stepHost().prepare(launch.command(), launch.env(), state.path(), trackingId)
        : launch;
  }

  private Map<String, String> jobEnv() {
    Map<String, String> env = new LinkedHashMap<>(job.env());
    env.putAll(state.exported());
    return env;
  }

  private Map<String, String> runnerVariables(String stepId, StepFiles files) {
    RunnerFolders folders = runner.folders();
    Map<String, String> env = new LinkedHashMap<>();
    env.put("CI", "true");
    env.put("GITHUB_ACTIONS", "true");
    job.github().forEach((key, value) -> env.put("GITHUB_" + key.toUpperCase(Locale.ROOT), value));
    // The one value of the context that never becomes a variable.
    env.remove("GITHUB_TOKEN");
    env.put("GITHUB_ACTION", stepId);
    env.put("GITHUB_WORKSPACE", folders.workspace().toString());
    env.put("GITHUB_EVENT_PATH", folders.workflow().resolve("event.json").toString());
    env.putAll(files.variables());
    runnerContext()
        .forEach((key, value) -> env.put("RUNNER_" + key.toUpperCase(Locale.ROOT), value));
    env.put("RUNNER_WORKSPACE", folders.runnerWorkspace().toString());
    env.putAll(tokenVariables);
    if (runner.flavour() == Flavour.ACT) {
      env.put("ACT", "true");
    }
    return env;
  }

  /** What expressions may look up now. */
  Expressions expressions() {
    Map<String, String> values = new HashMap<>();
    values.put("github.workspace", runner.folders().workspace().toString());
    runnerContext().forEach((key, value) -> values.put("runner." + key, value));
    jobEnv().forEach((name, value) -> values.put("env." + name.toLowerCase(Locale.ROOT), value));
    if (containers != null) {
      values.putAll(containers.context());
    }
    values.put("job.status", state.failed() ? "failure" : "success");
    values.putAll(state.outputsByExpression());
    Set<String> open = new HashSet<>(Set.of("env."));
    job.steps()
        .forEach(step -> open.add("steps." + step.id().toLowerCase(Locale.ROOT) + ".outputs."));
    return job.expressions()
        .with(values, open)
        .after(state.failed() ? Outcome.FAILURE : Outcome.SUCCESS);
  }

  private Map<String, String> runnerContext() {
    RunnerFolders folders = runner.folders();
    Map<String, String> context = new LinkedHashMap<>();
    context.put("os", "Linux");
    context.put("arch", "X64");
    context.put("name", "emulator");
    context.put("temp", folders.temp().toString());
    context.put("tool_cache", folders.toolCache().toString());
    boolean hosted = runner.flavour() == Flavour.GITHUB_HOSTED;
    context.put("environment", hosted ? "github-hosted" : "self-hosted");
    if (runner.debug()) {
      context.put("debug", "1");
    }
    return context;
  }
}
