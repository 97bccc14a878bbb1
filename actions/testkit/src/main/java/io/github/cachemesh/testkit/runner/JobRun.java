package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.ActionMetadata;
import io.github.cachemesh.actions.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * One run of a job: its steps in order, then the posts of the actions that were reached, last in
 * first out. A post is due as soon as its main starts, so it runs when main fails.
 */
final class JobRun {
  private final EmulatedRunner runner;
  private final Job job;
  private final SecretMasker masker = new SecretMasker();
  private final LeakSearch leaks = new LeakSearch();
  private final String trackingId = "github_" + UUID.randomUUID();
  private final Map<String, String> exported = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final Map<String, Map<String, String>> stateByStep = new HashMap<>();
  private final Map<String, String> outputs = new HashMap<>();
  private final Deque<JobStep.Uses> posts = new ArrayDeque<>();
  private final List<StepResult> results = new ArrayList<>();
  private boolean failed;

  JobRun(EmulatedRunner runner, Job job) {
    this.runner = runner;
    this.job = job;
    job.secrets().forEach(masker::add);
  }

  void steps() throws IOException, InterruptedException {
    for (JobStep step : job.steps()) {
      if (!step.condition().holds(failed)) {
        results.add(StepResult.skipped(step.id(), Phase.MAIN));
        continue;
      }
      switch (step) {
        case JobStep.Run run -> execute(step.id(), Phase.MAIN, files -> hostStep(run, files));
        case JobStep.Uses uses -> {
          if (uses.action().metadata().runs().postEntrypoint() != null) {
            posts.push(uses);
          }
          execute(step.id(), Phase.MAIN, files -> actionStep(uses, Phase.MAIN, files));
        }
      }
    }
    for (JobStep.Uses uses : posts) {
      if (Condition.parse(uses.action().metadata().runs().postIf()).holds(failed)) {
        execute(uses.id(), Phase.POST, files -> actionStep(uses, Phase.POST, files));
      } else {
        results.add(StepResult.skipped(uses.id(), Phase.POST));
      }
    }
  }

  OrphanProcesses orphans() {
    return new OrphanProcesses(trackingId);
  }

  JobResult result(List<Long> killed) {
    return new JobResult(job.name(), results, exported, List.copyOf(path), killed);
  }

  /** The places where the job's secrets are. */
  List<String> leaks() throws IOException {
    return leaks.places(masker.formsBySecret().values(), job.searched(), job.placesOfSecrets());
  }

  private interface Preparation {
    ActionLauncher.Launch launch(StepFiles files);
  }

  private void execute(String id, Phase phase, Preparation preparation)
      throws IOException, InterruptedException {
    StepFiles files = StepFiles.create(runner.folders().fileCommands());
    StepLog log = new StepLog(masker, runner.debug(), runner.echo());
    ActionLauncher.Launch launch = preparation.launch(files);
    long start = System.nanoTime();
    int exitCode = new StepProcess(runner.stepTimeout()).run(launch, log);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    StepEffects effects = StepEffects.read(files, runner.flavour(), log);
    files.delete();
    exported.putAll(effects.env());
    for (String folder : effects.path()) {
      path.remove(folder);
      path.push(folder);
    }
    stateByStep.computeIfAbsent(id, _ -> new LinkedHashMap<>()).putAll(effects.state());
    effects.outputs().forEach((name, value) -> outputs.put(outputKey(id, name), value));
    boolean ok = exitCode == 0 && !log.failed() && !effects.malformed();
    failed |= !ok;
    results.add(
        new StepResult(
            id,
            phase,
            ok ? StepResult.Outcome.SUCCESS : StepResult.Outcome.FAILURE,
            exitCode,
            duration,
            effects.outputs(),
            log.issues(),
            masker.mask(effects.summary()),
            log.shown()));
    collect(id, phase, log, effects);
  }

  private void collect(String id, Phase phase, StepLog log, StepEffects effects) {
    String step = phase == Phase.MAIN ? "step '" + id + "'" : "post of step '" + id + "'";
    leaks.add("log of " + step, log.shown());
    // A host step may print a secret that the runner then hides; an action of ours must not.
    if (isAction(id)) {
      leaks.add("unmasked log of " + step, log.written());
    }
    leaks.add("summary of " + step, effects.summary());
    effects
        .outputs()
        .forEach((name, value) -> leaks.add("output '" + name + "' of " + step, value));
    effects.state().forEach((name, value) -> leaks.add("state '" + name + "' of " + step, value));
  }

  private boolean isAction(String id) {
    return job.steps().stream()
        .anyMatch(step -> step.id().equals(id) && step instanceof JobStep.Uses);
  }

  private ActionLauncher.Launch hostStep(JobStep.Run run, StepFiles files) {
    Expressions expressions = new Expressions(contexts());
    Map<String, String> env = new HashMap<>(runner.hostEnv());
    env.put("HOME", runner.folders().home().toString());
    env.putAll(jobEnv());
    run.env().forEach((name, value) -> env.put(name, expressions.evaluate(value)));
    env.putAll(contextVariables(run.id(), files));
    List<String> folders = new ArrayList<>(path);
    folders.add(env.getOrDefault("PATH", ""));
    env.put("PATH", String.join(":", folders));
    return new ActionLauncher.Launch(
        run.command().stream().map(expressions::evaluate).toList(),
        env,
        runner.folders().workspace());
  }

  private ActionLauncher.Launch actionStep(JobStep.Uses uses, Phase phase, StepFiles files) {
    ActionMetadata metadata = uses.action().metadata();
    Map<String, String> values = contexts();
    boolean defaults = runner.flavour() != Flavour.ACT || phase == Phase.MAIN;
    Map<String, String> inputs = new StepInputs(metadata, defaults).evaluate(uses.with(), values);
    inputs.forEach((name, value) -> values.put("inputs." + name.toLowerCase(Locale.ROOT), value));
    Expressions expressions = new Expressions(values);

    Map<String, String> env = new HashMap<>(jobEnv());
    metadata
        .runs()
        .env()
        .forEach((name, value) -> env.putIfAbsent(name, expressions.evaluate(value)));
    inputs.forEach((name, value) -> env.put(StepInputs.variable(name), value));
    if (phase == Phase.POST && runner.flavour() != Flavour.ACT) {
      stateByStep
          .getOrDefault(uses.id(), Map.of())
          .forEach((name, value) -> env.put("STATE_" + name, value));
    }
    env.putAll(job.actionEnv());
    env.put("HOME", runner.folders().actionHome().toString());
    env.putAll(contextVariables(uses.id(), files));
    return uses.action()
        .launcher()
        .prepare(
            new ActionLauncher.Invocation(
                metadata,
                phase,
                metadata.runs().args().stream().map(expressions::evaluate).toList(),
                env,
                runner.folders()));
  }

  /** The workflow's variables, then what steps exported. */
  private Map<String, String> jobEnv() {
    Map<String, String> env = new LinkedHashMap<>(job.env());
    env.putAll(exported);
    return env;
  }

  /** What the runner sets anew for every step, so that exporting it has no effect. */
  private Map<String, String> contextVariables(String stepId, StepFiles files) {
    RunnerFolders folders = runner.folders();
    Map<String, String> env = new LinkedHashMap<>();
    env.put("CI", "true");
    env.put("GITHUB_ACTIONS", "true");
    job.github()
        .forEach(
            (key, value) -> {
              if (!key.equals("token")) {
                env.put("GITHUB_" + key.toUpperCase(Locale.ROOT), value);
              }
            });
    env.put("GITHUB_ACTION", stepId);
    env.put("GITHUB_WORKSPACE", folders.workspace().toString());
    env.put("GITHUB_EVENT_PATH", folders.workflow().resolve("event.json").toString());
    env.putAll(files.variables());
    runnerContext()
        .forEach((key, value) -> env.put("RUNNER_" + key.toUpperCase(Locale.ROOT), value));
    env.put("RUNNER_WORKSPACE", parent(folders.workspace()));
    env.put(OrphanProcesses.VARIABLE, trackingId);
    if (runner.flavour() == Flavour.ACT) {
      env.put("ACT", "true");
    }
    return env;
  }

  /** What expressions may look up. */
  private Map<String, String> contexts() {
    Map<String, String> values = new HashMap<>();
    job.github().forEach((key, value) -> values.put("github." + key, value));
    values.put("github.workspace", runner.folders().workspace().toString());
    runnerContext().forEach((key, value) -> values.put("runner." + key, value));
    jobEnv().forEach((name, value) -> values.put("env." + name.toLowerCase(Locale.ROOT), value));
    values.put("job.status", failed ? "failure" : "success");
    values.putAll(outputs);
    return values;
  }

  private Map<String, String> runnerContext() {
    RunnerFolders folders = runner.folders();
    Map<String, String> context = new LinkedHashMap<>();
    context.put("os", "Linux");
    context.put("arch", "X64");
    context.put("name", "emulator");
    context.put("temp", folders.temp().toString());
    context.put("tool_cache", folders.toolCache().toString());
    context.put(
        "environment", runner.flavour() == Flavour.GITHUB_HOSTED ? "github-hosted" : "self-hosted");
    if (runner.debug()) {
      context.put("debug", "1");
    }
    return context;
  }

  private static String outputKey(String step, String output) {
    return ("steps." + step + ".outputs." + output).toLowerCase(Locale.ROOT);
  }

  private static String parent(Path folder) {
    Path parent = folder.getParent();
    return parent == null ? folder.toString() : parent.toString();
  }
}
