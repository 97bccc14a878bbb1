package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.service.Lease;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes secrets to their destinations, each of which post knows of before it is written, however
 * main ends. What is written must have been masked.
 */
final class Handover {
  private final ActionContext context;
  private final Optional<SecretFolder> folder;
  private boolean created;

  /**
   * @param random names the folder of the files
   */
  Handover(ActionContext context, RandomGenerator random) {
    this.context = context;
    this.folder = JobTemp.of(context).map(temp -> SecretFolder.fresh(temp, random));
  }

  /** The id of this step, by which post finds what main left for it. */
  static String step(ActionContext context) {
    return context.environment().variable("GITHUB_ACTION").orElse("step");
  }

  /** Keeps leases for post; where there is no place for them, says that they last. */
  void keep(List<Lease> leases) {
    if (leases.isEmpty()) {
      return;
    }
    context.commands().mask(leases.stream().map(Lease::text).toList());
    if (folder.isEmpty()) {
      context
          .commands()
          .warning(
              "This runner shares no folder with the action's post, which so cannot revoke what"
                  + " was made for this job: it lives until it expires.",
              Annotation.titled(context.metadata().name()));
      return;
    }
    save(new JobMemory(folder.map(SecretFolder::name), List.of(), List.of()));
    try {
      create(folder.get()).keep(leases);
    } catch (IOException e) {
      throw failure("leases cannot be kept for post", e);
    }
  }

  /**
   * Writes all. Files come first: they are what can fail.
   *
   * @param lasting credentials that nothing ends with the job
   * @throws ActionFailure when something could not be written; what was written stays
   */
  void run(List<Write> writes, List<String> lasting) {
    if (writes.isEmpty()) {
      return;
    }
    save(memory(writes, lasting));
    for (Write write : writes) {
      if (write instanceof Write.SecretFile(String name, byte[] value)) {
        String path = file(name, value);
        context.jobEnvironment().export(name, path);
        context.outputs().set(name, path);
      }
    }
    for (Write write : writes) {
      switch (write) {
        case Write.Variable(String name, String value) ->
            context.jobEnvironment().export(name, value);
        case Write.Output(String name, String value) -> context.outputs().set(name, value);
        case Write.SecretFile _ -> {
          // Written above.
        }
      }
    }
  }

  /** What post is to take back when all that is written. */
  JobMemory memory(List<Write> writes, List<String> lasting) {
    List<String> variables =
        writes.stream().filter(write -> !(write instanceof Write.Output)).map(Write::name).toList();
    return new JobMemory(folder.map(SecretFolder::name), variables, lasting);
  }

  private void save(JobMemory memory) {
    memory.save(context.state(), step(context));
  }

  private String file(String name, byte[] value) {
    SecretFolder place =
        folder.orElseThrow(
            () ->
                new ActionFailure(
                    "This action's container has no folder in common with the job's steps, so it"
                        + " cannot hand over files.",
                    "Set 'export' to output or env, or update the runner: since September 2025 it"
                        + " mounts its temporary folder."));
    try {
      return create(place).write(name, value).toString();
    } catch (IOException e) {
      throw failure("the file of " + name + " cannot be written", e);
    }
  }

  private SecretFolder create(SecretFolder place) throws IOException {
    if (!created) {
      place.create();
      created = true;
    }
    return place;
  }

  private static ActionFailure failure(String what, IOException cause) {
    return new ActionFailure(
        "Nothing was injected, " + what + ": " + FailureReason.of(cause) + ".",
        "Check that the runner's temporary folder has room and may be written to.",
        cause);
  }
}
