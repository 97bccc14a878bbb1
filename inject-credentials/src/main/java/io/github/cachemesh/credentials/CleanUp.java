package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.service.Lease;
import io.github.cachemesh.core.service.Released;
import io.github.cachemesh.core.service.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what main handed over, as far as anything can: variables are blanked, files deleted,
 * leases given back; of the rest it says that it lasts. One part that fails stops no other.
 */
final class CleanUp {
  private final ActionContext context;
  private final LeaseReturn leaseReturn;
  private final List<String> failures = new ArrayList<>();

  /** Where leases are given back. */
  @FunctionalInterface
  interface LeaseReturn {
    List<Released> release(List<Lease> leases) throws ServiceException, InterruptedException;
  }

  CleanUp(ActionContext context, LeaseReturn leaseReturn) {
    this.context = context;
    this.leaseReturn = leaseReturn;
  }

  /**
   * Does it.
   *
   * @throws ActionFailure when a variable may still be set, or a file may still be there
   */
  void run(JobMemory memory) throws InterruptedException {
    blank(memory.variables());
    Optional<SecretFolder> folder = folder(memory);
    if (folder.isPresent()) {
      giveBack(folder.get());
      delete(folder.get());
    }
    if (!memory.lasting().isEmpty()) {
      context
          .commands()
          .info(
              "Nothing ends with the job of: "
                  + String.join(", ", memory.lasting())
                  + ". What a step kept of them stays valid; rotate them at their source if one of"
                  + " the job's steps is not to be trusted.");
    }
    if (!failures.isEmpty()) {
      throw new ActionFailure(
          "Not everything was taken back: " + String.join("; ", failures) + ".",
          "Delete it on the runner, and rotate the credentials if others can reach it.");
    }
  }

  private void blank(List<String> variables) {
    try {
      variables.forEach(name -> context.jobEnvironment().export(name, ""));
      if (!variables.isEmpty()) {
        context.commands().info("Blanked: " + String.join(", ", variables) + ".");
      }
    } catch (ActionFailure e) {
      failures.add(String.join(", ", variables) + " may still be set: " + e.getMessage());
    }
  }

  private Optional<SecretFolder> folder(JobMemory memory) {
    try {
      return memory
          .folder()
          .flatMap(name -> JobTemp.of(context).map(temp -> SecretFolder.named(temp, name)));
    } catch (IllegalArgumentException e) {
      failures.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void delete(SecretFolder folder) {
    try {
      folder.delete();
    } catch (IOException e) {
      failures.add("files of credentials: " + FailureReason.of(e));
    }
  }

  private void giveBack(SecretFolder folder) throws InterruptedException {
    try {
      List<Lease> leases = folder.leases();
      if (!leases.isEmpty()) {
        context.commands().mask(leases.stream().map(Lease::text).toList());
        report(leaseReturn.release(leases));
      }
    } catch (ActionFailure e) {
      lasting(e.getMessage() + " " + e.remedy());
    } catch (IOException e) {
      lasting(FailureReason.of(e));
    }
  }

  private void report(List<Released> released) {
    long revoked = released.stream().filter(one -> one == Released.REVOKED).count();
    if (revoked > 0) {
      context.commands().info("Revoked: " + revoked + " of " + released.size() + " leases.");
    }
    if (revoked < released.size()) {
      lasting((released.size() - revoked) + " of them could not be revoked");
    }
  }

  /** They end by themselves, so the job does not fail for it. */
  private void lasting(String why) {
    context
        .commands()
        .warning(
            "Credentials that were made for this job live until they expire: " + why,
            Annotation.titled(context.metadata().name()));
  }
}
