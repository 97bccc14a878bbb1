package io.github.cachemesh.testkit.runner;

import io.github.cachemesh.actions.Phase;
import io.github.cachemesh.testkit.oidc.TokenRequests;
import io.github.cachemesh.testkit.runner.StepResult.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One run of a job: its steps in order, then the posts of the actions that were reached, last in
 * first out. A post is due as soon as its main starts, so it runs when main fails.
 */
final class JobRun {
  private final EmulatedRunner runner;
  private final Job job;
  private final String trackingId = "github_" + UUID.randomUUID();
  private final SecretMasker masker;
  private final LeakSearch leaks = new LeakSearch();
  private final JobState state = new JobState();
  private final Deque<JobStep.Uses> posts = new ArrayDeque<>();
  private final List<StepResult> results = new ArrayList<>();
  private final Map<String, String> outputs = new LinkedHashMap<>();

  JobRun(EmulatedRunner runner, Job job) {
    this.runner = runner;
    this.job = job;
    this.masker = new SecretMasker(runner.flavour());
    job.secrets().forEach(masker::add);
  }

  void steps() throws IOException, InterruptedException {
    Optional<TokenRequests> requests = runner.tokenRequests(job);
    try (TokenRequests permitted = requests.orElse(null)) {
      requests.map(TokenRequests::token).ifPresent(masker::add);
      steps(permitted == null ? Map.of() : permitted.variables());
    }
  }

  private void steps(Map<String, String> variables) throws IOException, InterruptedException {
    if (!job.hasContainers()) {
      steps(new StepLaunches(runner, job, state, trackingId, variables, null));
      return;
    }
    try (JobContainers containers = JobContainers.start(runner.docker(), runner.folders(), job)) {
      steps(new StepLaunches(runner, job, state, trackingId, variables, containers));
    }
  }

  private void steps(StepLaunches launches) throws IOException, InterruptedException {
    for (JobStep step : job.steps()) {
      if (launches.expressions().hold(step.condition().expression())) {
        main(step, launches);
      } else {
        results.add(StepResult.skipped(step.id(), Phase.MAIN));
      }
    }
    for (JobStep.Uses step : posts) {
      if (launches.expressions().hold(step.action().metadata().runs().postIf())) {
        execute(step, Phase.POST, launches);
      } else {
        results.add(StepResult.skipped(step.id(), Phase.POST));
      }
    }
    job.outputs()
        .forEach((name, value) -> outputs.put(name, launches.expressions().evaluate(value)));
  }

  /** Kills what the steps left behind; the ids of the processes. */
  List<Long> killOrphans() throws IOException, InterruptedException {
    return new OrphanProcesses(trackingId).kill();
  }

  JobResult result(List<Long> killed) {
    return new JobResult(job.name(), results, outputs, state.exported(), state.path(), killed);
  }

  /** The places where the job's secrets are and must not be. */
  List<String> leaks() throws IOException {
    List<Set<String>> searched = new ArrayList<>(masker.formsBySecret().values());
    searched.add(job.markers());
    return leaks.places(searched, job.searched(), job.placesOfSecrets());
  }

  private void main(JobStep step, StepLaunches launches) throws IOException, InterruptedException {
    if (step instanceof JobStep.Uses uses
        && uses.action().launcher().hasPost(uses.action().metadata())) {
      posts.push(uses);
    }
    execute(step, Phase.MAIN, launches);
  }

  private void execute(JobStep step, Phase phase, StepLaunches launches)
      throws IOException, InterruptedException {
    StepFiles files = StepFiles.create(runner.folders().fileCommands(), runner.user());
    StepLog log = new StepLog(masker, runner.flavour(), runner.debug(), runner.echo());
    ActionLauncher.Launch launch =
        switch (step) {
          case JobStep.Run run -> launches.command(run, files);
          case JobStep.Script script -> launches.script(script, files);
          case JobStep.Uses uses -> launches.action(uses, phase, files);
        };
    long start = System.nanoTime();
    int exitCode = new StepProcess(runner.stepTimeout()).run(launch, log);
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    StepEffects effects = StepEffects.read(files, runner.flavour(), log);
    files.delete();
    boolean failed = exitCode != 0 || log.failed() || effects.malformed();
    state.add(step.id(), effects, failed);
    results.add(
        new StepResult(
            step.id(),
            phase,
            failed ? Outcome.FAILURE : Outcome.SUCCESS,
            exitCode,
            duration,
            effects.outputs(),
            log.issues(),
            masker.mask(effects.summary()),
            log.shown()));
    collect(step, phase, log, effects);
  }

  private void collect(JobStep step, Phase phase, StepLog log, StepEffects effects) {
    String place = (phase == Phase.MAIN ? "step '" : "post of step '") + step.id() + "'";
    leaks.add("log of " + place, log.shown());
    // A host step may print a secret that the runner then hides; an action of ours must not.
    if (step instanceof JobStep.Uses) {
      leaks.add("unmasked log of " + place, log.written());
    }
    leaks.addMarkdown("summary of " + place, effects.summary());
    effects.env().forEach((name, value) -> leaks.add("variable '" + name + "' of " + place, value));
    effects
        .outputs()
        .forEach((name, value) -> leaks.add("output '" + name + "' of " + place, value));
    effects.state().forEach((name, value) -> leaks.add("state '" + name + "' of " + place, value));
  }
}
