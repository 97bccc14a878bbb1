package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.actions.RunnerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder outside of the workspace that this process shares with the job's steps, and that goes
 * with the job.
 *
 * @param here as this process sees it
 * @param ofSteps as steps on the host see it; the runner translates it for those in containers
 */
record JobTemp(Path here, Path ofSteps) {
  private static final String OUTPUT = "GITHUB_OUTPUT";
  // Where the runner keeps the files of its commands, which every container sees elsewhere too.
  private static final String COMMANDS = "_runner_file_commands";

  /** Where that is; empty where the runner shares no such folder. */
  static Optional<JobTemp> of(ActionContext context) {
    RunnerEnvironment environment = context.environment();
    return switch (environment.kind()) {
      case RunnerKind.Kubernetes _ -> Optional.empty();
      case RunnerKind.Act _, RunnerKind.ActHost _ -> ofAct(environment);
      case RunnerKind.GitHub _ -> ofRunner(context);
    };
  }

  /** Its own folder, which every container of the job has, and which ends with the job. */
  private static Optional<JobTemp> ofAct(RunnerEnvironment environment) {
    Optional<Path> here = Optional.ofNullable(environment.commandFolder().getParent());
    Optional<Path> ofSteps =
        environment.variable(OUTPUT).map(Path::of).map(Path::getParent).map(Path::getParent);
    return here.isPresent() && ofSteps.isPresent()
        ? Optional.of(new JobTemp(here.get(), ofSteps.get()))
        : Optional.empty();
  }

  /** Since September 2025 its temporary folder is mounted; before, there is another one here. */
  private static Optional<JobTemp> ofRunner(ActionContext context) {
    RunnerEnvironment environment = context.environment();
    Path here = environment.temp();
    Path output = Path.of(environment.variable(OUTPUT).orElse("none"));
    if (!Files.exists(here.resolve(COMMANDS).resolve(output.getFileName()))) {
      return Optional.empty();
    }
    Path ofSteps =
        context.arguments().stream()
            .findFirst()
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElse(here);
    return Optional.of(new JobTemp(here, ofSteps));
  }
}
