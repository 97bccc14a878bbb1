package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.JobFacts;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.SkipDecision;
import io.github.cachemesh.core.codeql.StoredScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What main does: decides, and prepares the job for what follows from it. */
final class BeforeScan {
  private static final String DUMP = "CODEQL_ACTION_SARIF_DUMP_DIR";
  private static final String CODEQL_TEMP = "CODEQL_ACTION_TEMP";

  private final ActionContext context;
  private final ScanRequest request;
  private final Secrets secrets;
  private final JobReport report;
  private final long startNanos;
  private final Surroundings surroundings;
  private final JobFolders folders;
  private final Map<String, String> environment;

  /**
   * @param startNanos when main began, of {@link System#nanoTime}
   */
  BeforeScan(
      ActionContext context,
      ScanRequest request,
      Secrets secrets,
      JobReport report,
      long startNanos) {
    this.context = context;
    this.request = request;
    this.secrets = secrets;
    this.report = report;
    this.startNanos = startNanos;
    this.surroundings = new Surroundings(context);
    this.folders = JobFolders.of(context);
    this.environment = context.environment().variables();
  }

  void run() throws IOException {
    JobFacts facts = surroundings.facts(request, secrets);
    if (facts.enabled() && facts.storeKey()) {
      report.storeFolder(request.storeFolder());
    }
    try (JobEvidence evidence =
        new JobEvidence(facts, request, surroundings, this::inquire, this::store)) {
      switch (SkipDecision.decide(evidence)) {
        case SkipDecision.Skip(StoredScan stored, Reason reason, String detail) -> {
          report.key(stored.key().hex());
          StoredSarif sarif =
              evidence.found().orElseThrow(() -> new IOException("the stored SARIF is not there"));
          if (request.mode() == Mode.OBSERVE) {
            expectScan(evidence, true);
            report.observed(reason, detail, stored.partial().isPresent());
          } else {
            skip(sarif, reason, detail);
          }
        }
        case SkipDecision.Scan(Reason reason, String detail) -> {
          if (mayStore(facts)) {
            expectScan(evidence, false);
          }
          report.scan(reason, detail);
        }
      }
    }
  }

  /** Whether a scan of this job may be stored, even where no stored one may stand for it. */
  private static boolean mayStore(JobFacts facts) {
    return facts.enabled()
        && !facts.killSwitch()
        && !facts.fork()
        && facts.gitHubDotCom()
        && !facts.defaultSetup()
        && !facts.codeQuality()
        && !facts.debugRerun()
        && facts.token()
        && facts.storeKey();
  }

  private Inquiry inquire() {
    return new Inquiry(
        request,
        surroundings,
        environment,
        folders,
        () ->
            GitHubQuestions.of(
                surroundings.api(),
                secrets.token().orElse(""),
                surroundings.repository(),
                environment));
  }

  private ScanStore store() {
    try {
      return new StoreFolder(folders.store(request.storeFolder()))
          .open(surroundings.repositoryId(), secrets.storeKey().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void skip(StoredSarif sarif, Reason reason, String detail) throws IOException {
    StoredScan stored = sarif.stored();
    folders.prepare();
    Path file = new CachedResult(folders, surroundings.step()).write(sarif.gzipped());
    JobMemory.save(
        context.state(),
        surroundings.step(),
        new JobMemory.Skipped(request.commitSha(), sarif.categoryId()));
    if (request.summaryCounts()) {
      report.row("Results", Integer.toString(stored.resultsCount()));
      stored.bySeverity().forEach((severity, count) -> report.row(severity, count.toString()));
    }
    Duration saved = stored.duration().minus(Duration.ofNanos(System.nanoTime() - startNanos));
    report.skip(stored, reason, detail, file, saved.isNegative() ? Duration.ZERO : saved);
  }

  /** Has post store what the scan finds, if the scan has a key. */
  private void expectScan(JobEvidence evidence, boolean observed) throws IOException {
    if (evidence.undeclared().isPresent()
        || evidence.unfit().isPresent()
        || !(evidence.cacheability() instanceof Cacheability.Cacheable scan)
        || evidence.inquiry().moment().isEmpty()) {
      return;
    }
    if (!observed) {
      report.key(scan.key().hex());
    }
    folders.prepare();
    Scan.Moment moment = evidence.inquiry().moment().get();
    String dump = environment.getOrDefault(DUMP, "");
    if (dump.isEmpty()) {
      // Not created: CodeQL's steps may not write into what belongs to root.
      dump =
          folders
              .tempOfSteps()
              .resolve("cachemesh-codeql-sarif-" + FileNames.safe(surroundings.step()))
              .toString();
      context.jobEnvironment().export(DUMP, dump);
    }
    if (!folders.runnerEmptiesTemp() && environment.getOrDefault(CODEQL_TEMP, "").isEmpty()) {
      // Under act, steps and actions share no other temporary folder.
      context.jobEnvironment().export(CODEQL_TEMP, folders.codeqlTemp().toString());
    }
    JobMemory.save(
        context.state(),
        surroundings.step(),
        new JobMemory.Scanning(
            scan.key().hex(),
            moment.checkoutDigest(),
            moment.projectedDigest(),
            JobMemory.codeqlVariables(environment),
            moment.properties().orElse(Map.of()),
            Instant.now(),
            observed));
  }
}
