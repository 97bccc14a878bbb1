package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.audit.AuditHead;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Hands a job the credentials that it asks for, or none of them. Main has everything masked, and
 * remembered for post, before the first write, and takes back what it wrote when a later write
 * fails. Whatever goes wrong fails the step.
 */
final class InjectCredentials implements Action {
  private final Sources sources;
  private final RandomGenerator random;
  private final InstantSource clock;

  /**
   * @param random unpredictable: it names the folder of the secrets
   */
  InjectCredentials(Sources sources, RandomGenerator random, InstantSource clock) {
    this.sources = sources;
    this.random = random;
    this.clock = clock;
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever breaks, the job must not think it has any.
  public void main(ActionContext context) throws Exception {
    JobReport report = new JobReport(context);
    try {
      inject(context, report);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      try {
        report.error();
      } catch (ActionFailure second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  private void inject(ActionContext context, JobReport report) throws InterruptedException {
    InjectionAudit audit = new InjectionAudit(context, clock);
    Acquisition acquisition = new Acquisition(context, sources, audit, clock);
    CredentialsInput given = acquisition.given();
    // The original's contract: it has to be given. It is used for nothing.
    var _ = context.inputs().required("github-token");
    Request request = Request.of(context.inputs());
    Handover handover = new Handover(context, random);
    try (Findings findings = acquisition.findings(given, request, handover)) {
      Injection injection = Injection.of(findings.acquired(), request.prefix(), request.export());
      List<String> lasting =
          findings.acquired().stream()
              .filter(acquired -> !acquired.revocable())
              .map(Acquired::name)
              .toList();
      Optional<AuditHead> head = audit.granted(findings.acquired());
      try {
        handover.run(injection.writes(), lasting);
      } catch (ActionFailure failure) {
        takeBack(context, handover.memory(injection.writes(), lasting), failure);
        throw failure;
      }
      report.done(findings, injection.writes(), head);
    }
  }

  private void takeBack(ActionContext context, JobMemory memory, ActionFailure failure)
      throws InterruptedException {
    try {
      new CleanUp(context, sources.leaseReturn(context)).run(memory);
    } catch (ActionFailure second) {
      failure.addSuppressed(second);
    }
  }

  @Override
  public void post(ActionContext context) throws InterruptedException {
    Optional<JobMemory> memory = JobMemory.of(context.state(), Handover.step(context));
    if (memory.isPresent()) {
      new CleanUp(context, sources.leaseReturn(context)).run(memory.get());
    } else {
      context.commands().info("There is nothing to take back.");
    }
  }
}
