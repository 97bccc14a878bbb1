package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.credentials.Findings.Absent;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Collects all that the workflow asks for, and has every value masked as soon as this process knows
 * it, before anything is said of it.
 */
final class Acquisition {
  private final ActionContext context;
  private final Sources sources;
  private final InjectionAudit audit;
  private final InstantSource clock;

  Acquisition(ActionContext context, Sources sources, InjectionAudit audit, InstantSource clock) {
    this.context = context;
    this.sources = sources;
    this.audit = audit;
    this.clock = clock;
  }

  /** The input {@code credentials}, with every secret that the inputs hold masked. */
  CredentialsInput given() {
    Inputs inputs = context.inputs();
    inputs.optional("github-token").ifPresent(context.commands()::mask);
    new StoreKey(context).mask();
    audit.mask();
    CredentialsInput given = CredentialsInput.of(inputs);
    context.commands().mask(given.values());
    return given;
  }

  /**
   * Asks for everything.
   *
   * @param handover is given the leases at once: from then on post can give them back
   * @return the caller closes it
   * @throws ActionFailure when there is no trustworthy answer, or it is more or less than the job
   *     may go on with
   */
  Findings findings(CredentialsInput given, Request request, Handover handover)
      throws InterruptedException {
    Optional<CredentialSource> source = source(request);
    Findings all = given.findings(context.environment().variable("RUNNER_NAME"), clock.instant());
    try {
      if (source.isPresent()) {
        all = all.and(found(source.get(), request.names(), handover));
      }
      audit.denied(all);
      checkComplete(all, request.onMissing());
      return all;
    } catch (RuntimeException | InterruptedException e) {
      all.close();
      throw e;
    }
  }

  private Findings found(CredentialSource source, List<String> names, Handover handover)
      throws InterruptedException {
    Findings found = source.find(names);
    context.commands().mask(Injection.secrets(found.acquired()));
    handover.keep(found.leases());
    checkAnswer(found, names);
    return found;
  }

  private Optional<CredentialSource> source(Request request) {
    Optional<CredentialSource> source = sources.source(context);
    if (source.isPresent() && request.names().isEmpty()) {
      throw context
          .inputs()
          .failure("credential-names", "must say what is wanted of the store or the service");
    }
    if (source.isEmpty() && !request.names().isEmpty()) {
      throw context.inputs().failure("credential-names", "needs 'store' or 'service-url'");
    }
    return source;
  }

  /** Whoever answers, the job gets nothing that its workflow did not ask for. */
  private static void checkAnswer(Findings found, List<String> names) {
    Set<String> asked = new HashSet<>(names);
    if (!found.acquired().stream().allMatch(acquired -> asked.remove(acquired.name()))) {
      throw new ActionFailure(
          "Nothing was injected: the answer has credentials that were not asked for.",
          "Tell whoever runs the credential service.");
    }
  }

  private static void checkComplete(Findings findings, OnMissing onMissing) {
    List<Absent> lacking = new ArrayList<>(findings.refused());
    if (onMissing == OnMissing.FAIL) {
      lacking.addAll(findings.missing());
    }
    if (!lacking.isEmpty()) {
      throw new ActionFailure(
          "Nothing was injected. "
              + lacking.stream().map(Absent::toString).collect(Collectors.joining("; "))
              + ".",
          findings.refused().isEmpty()
              ? "Store them, or set 'on-missing' to warn if the job can do without."
              : "What is refused is not for this job, or not any more; 'on-missing' covers only"
                  + " what is not there.");
    }
  }
}
