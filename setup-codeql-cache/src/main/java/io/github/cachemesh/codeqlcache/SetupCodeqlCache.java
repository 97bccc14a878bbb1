package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.Action;
import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Lets a stored CodeQL result stand for a scan where that is proven, and keeps the results of
 * scans. Whatever goes wrong, the scan runs. It fails a job in one case only: when a scan was
 * skipped, nothing was uploaded instead, and {@code require-upload} holds.
 */
final class SetupCodeqlCache implements Action {
  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever breaks here must not break the job.
  public void main(ActionContext context) {
    long startNanos = System.nanoTime();
    Secrets secrets = Secrets.masked(context);
    JobReport report = new JobReport(context);
    ScanRequest request;
    try {
      request = ScanRequest.of(context.inputs(), _ -> Optional.empty());
      var _ = secrets.storeKey();
    } catch (ActionFailure wrong) {
      report.invalid(wrong);
      return;
    }
    try {
      context.state().save("commit-sha", request.commitSha());
      context.state().save("matrix", request.matrix());
      new BeforeScan(context, request, secrets, report, startNanos).run();
    } catch (ActionFailure unsupported) {
      report.scan(Reason.UNSUPPORTED_ENVIRONMENT, text(unsupported));
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      report.broken(failure, text(failure));
    }
  }

  @Override
  @SuppressWarnings("CatchingUnchecked") // Whatever breaks here must not break the job.
  public void post(ActionContext context) {
    Secrets secrets = Secrets.masked(context);
    Optional<ActionFailure> missing = Optional.empty();
    try {
      switch (JobMemory.of(context.state(), new Surroundings(context).step())) {
        case JobMemory.Nothing _ -> context.commands().info("There is nothing to store here.");
        case JobMemory.Scanning scanning -> store(context, secrets, scanning);
        case JobMemory.Skipped skipped -> missing = check(context, secrets, skipped);
      }
      JobFolders.of(context).delete();
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      context
          .commands()
          .warning(
              "The CodeQL cache failed; the job's result is not affected: " + text(failure),
              Annotation.titled(context.metadata().name()));
    }
    if (missing.isPresent()) {
      throw missing.get();
    }
  }

  private static Optional<ActionFailure> check(
      ActionContext context, Secrets secrets, JobMemory.Skipped skipped) throws IOException {
    // The result lists alerts and is of no more use.
    new CachedResult(JobFolders.of(context), new Surroundings(context).step()).delete();
    return new AfterSkip(context, skipped).run(github(context, secrets));
  }

  private static void store(ActionContext context, Secrets secrets, JobMemory.Scanning scanning)
      throws IOException {
    Optional<String> storeKey = secrets.storeKey();
    if (storeKey.isEmpty()) {
      context.commands().info("Nothing is stored: the input 'store-key' is not given any more.");
      return;
    }
    ScanRequest request = ScanRequest.of(context.inputs(), context.state()::get);
    new AfterScan(context, request, JobFolders.of(context), scanning, storeKey.get())
        .run(github(context, secrets));
  }

  private static Optional<GitHubQuestions> github(ActionContext context, Secrets secrets)
      throws IOException {
    Surroundings surroundings = new Surroundings(context);
    Optional<String> token = secrets.token();
    return token.isPresent()
        ? Optional.of(
            GitHubQuestions.of(
                surroundings.api(),
                token.get(),
                surroundings.repository(),
                context.environment().variables()))
        : Optional.empty();
  }

  private static String text(Throwable failure) {
    return switch (failure) {
      case ActionFailure told -> told.getMessage() + " " + told.remedy();
      case UncheckedIOException wrapper when wrapper.getCause() instanceof IOException told ->
          FailureReason.of(told);
      case IOException told -> FailureReason.of(told);
      default -> failure.getClass().getName() + "; run the job with debug logging to see where";
    };
  }
}
