package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.Origin;
import io.github.cachemesh.core.codeql.Partial;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanKey;
import io.github.cachemesh.core.codeql.ScanOutcome;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.codeql.StoringDecision;
import io.github.cachemesh.core.git.CheckoutState;
import io.github.cachemesh.core.sarif.Extraction;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.SarifLimits;
import io.github.cachemesh.core.sarif.SarifRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What post does after a scan: holds it to what main assumed, and stores what it found. */
final class AfterScan {
  /** Clocks of file systems are coarser than the system's. */
  private static final Duration COARSE = Duration.ofSeconds(1);

  private final ActionContext context;
  private final ScanRequest request;
  private final Surroundings surroundings;
  private final JobFolders folders;
  private final JobMemory.Scanning assumed;
  private final StoreFolder folder;
  private final ScanStore store;
  private final Map<String, String> environment;

  AfterScan(
      ActionContext context,
      ScanRequest request,
      JobFolders folders,
      JobMemory.Scanning assumed,
      String storeKey)
      throws IOException {
    this.context = context;
    this.request = request;
    this.surroundings = new Surroundings(context);
    this.folders = folders;
    this.assumed = assumed;
    this.folder = new StoreFolder(folders.store(request.storeFolder()));
    this.store = folder.open(surroundings.repositoryId(), storeKey);
    this.environment = context.environment().variables();
  }

  /**
   * Stores, refuses or revokes, and says which and why.
   *
   * @param github empty where the job has no token
   */
  void run(Optional<GitHubQuestions> github) throws IOException {
    try (WorkTree tree = WorkTree.open(folders.workspace(), request)) {
      Optional<Declaration.Made> declaration = declaration(tree, github);
      if (declaration.isEmpty()) {
        refuse("the running workflow does not declare the scan any more");
        return;
      }
      Scan scan = Scan.of(request, surroundings, declaration.get(), moment(tree, github));
      if (!(Cacheability.of(scan.settings(), scan.site()) instanceof Cacheability.Cacheable key)
          || !key.key().hex().equals(assumed.key())) {
        refuse("what decides the scan is not what it was before the scan");
        return;
      }
      judge(tree, scan, key);
    }
  }

  private Optional<Declaration.Made> declaration(WorkTree tree, Optional<GitHubQuestions> github)
      throws IOException {
    WorkflowText text =
        WorkflowText.read(surroundings, tree.checkout(), github.map(GitHubQuestions::files));
    return Declaration.of(text, surroundings, request) instanceof Declaration.Made made
        ? Optional.of(made)
        : Optional.empty();
  }

  /** As main found it, so that the key is main's unless something has changed meanwhile. */
  private Scan.Moment moment(WorkTree tree, Optional<GitHubQuestions> github) {
    return new Scan.Moment(
        assumed.checkoutDigest(),
        assumed.projectedDigest(),
        tree.checkout().flatMap(git -> ConfigFiles.read(request.scan("config-file"), git, github)),
        JobMemory.asFound(assumed, environment),
        Optional.of(assumed.properties()));
  }

  private void judge(WorkTree tree, Scan scan, Cacheability.Cacheable key) throws IOException {
    CodeqlTraces traces = new CodeqlTraces(folders, environment);
    WorkTree.Examination examination = tree.examine();
    Optional<CheckoutState.Clean> clean =
        examination instanceof WorkTree.Examination.Proven proven
            ? Optional.of(proven.state())
            : Optional.empty();
    Optional<Partial> pull = pullRequest(clean);
    Optional<FreshSarif> sarif = sarif(traces);
    switch (StoringDecision.of(outcome(tree, scan, key, traces, examination, pull, sarif))) {
      case StoringDecision.Store(Optional<Partial> partial) -> {
        FreshSarif fresh = sarif.orElseThrow(() -> new IOException("the SARIF is gone"));
        CheckoutState.Clean state =
            clean.orElseThrow(() -> new IOException("the checkout proves nothing"));
        compare(fresh, key, pull);
        store(stored(scan, key, partial, fresh, state), fresh);
      }
      case StoringDecision.Refuse(Refusal refusal) ->
          refuse(refusal.reason().word() + ": " + refusal.detail());
      case StoringDecision.Revoke(Refusal refusal) -> {
        int gone = store.revoke(key.key());
        String why = refusal.reason().word() + ": " + refusal.detail();
        refuse(why);
        context
            .commands()
            .warning(
                "%d stored results of this scan are revoked, since it was another than assumed: %s"
                    .formatted(gone, why),
                Annotation.titled(context.metadata().name()));
      }
    }
  }

  private ScanOutcome outcome(
      WorkTree tree,
      Scan scan,
      Cacheability.Cacheable key,
      CodeqlTraces traces,
      WorkTree.Examination examination,
      Optional<Partial> pull,
      Optional<FreshSarif> sarif)
      throws IOException {
    return new ScanOutcome(
        false,
        surroundings.event(),
        surroundings.isForeign(),
        key,
        scan.settings(),
        scan.site(),
        examination instanceof WorkTree.Examination.Unproven(Refusal refusal)
            ? Optional.of(refusal)
            : Optional.empty(),
        examination instanceof WorkTree.Examination.Proven proven ? proven.state().digest() : "",
        traces.completed(),
        environment,
        traces.config(),
        traces.hasDiffRanges(),
        pull,
        sarif.map(FreshSarif::scan),
        sarif.flatMap(found -> SarifLimits.exceeded(found.scan(), found.gzipped().length)),
        mismatches(tree, sarif),
        bestExtraction(sarif));
  }

  private Optional<Partial> pullRequest(Optional<CheckoutState.Clean> clean) throws IOException {
    Optional<Event.PullRequest> pull = surroundings.pullRequest();
    return pull.flatMap(
        event -> clean.map(state -> new Partial(event.number(), state.tree(), event.baseSha())));
  }

  private Optional<FreshSarif> sarif(CodeqlTraces traces) {
    try {
      return FreshSarif.first(traces.sarifs(assumed.ended().minus(COARSE)));
    } catch (IOException e) {
      say("The scan's SARIF cannot be read: " + FailureReason.of(e) + ".");
      return Optional.empty();
    }
  }

  private static List<FingerprintMismatch> mismatches(WorkTree tree, Optional<FreshSarif> sarif)
      throws IOException {
    return sarif.isPresent()
        ? Fingerprints.mismatches(sarif.get().scan(), tree.files())
        : List.of();
  }

  private Optional<Extraction> bestExtraction(Optional<FreshSarif> sarif) throws IOException {
    Optional<String> category =
        sarif
            .flatMap(found -> found.scan().runs().stream().findFirst())
            .flatMap(SarifRun::category)
            .map(Categories::bare);
    return category.isPresent() ? Extractions.best(store.list(), category.get()) : Optional.empty();
  }

  private StoredScan stored(
      Scan scan,
      Cacheability.Cacheable key,
      Optional<Partial> partial,
      FreshSarif fresh,
      CheckoutState.Clean state)
      throws IOException {
    SarifRun run = fresh.scan().runs().getFirst();
    Optional<Event.PullRequest> pull = surroundings.pullRequest();
    Duration duration = Duration.between(assumed.ended(), fresh.written());
    return new StoredScan(
        key.key(),
        key.projected().map(ScanKey::hex),
        new Origin(
            surroundings.repositoryId(),
            state.commit(),
            state.tree(),
            surroundings.ref(),
            surroundings.event(),
            surroundings.runId(),
            surroundings.runAttempt(),
            scan.site().analysisKey(),
            request.matrix(),
            pull.isPresent() ? OptionalInt.of(pull.get().number()) : OptionalInt.empty()),
        Categories.bare(run.category().orElse("")),
        run.toolVersion().orElse(""),
        fresh.sha256(),
        fresh.scan().resultsCount(),
        fresh.scan().bySeverity(),
        duration.isNegative() ? Duration.ZERO : duration,
        Instant.now(),
        partial,
        run.extraction());
  }

  private void store(StoredScan scan, FreshSarif fresh) throws IOException {
    folder.create();
    store.put(scan, fresh.gzipped());
    folder.give();
    say(
        "The result is stored%s, sealed, in %s. The scan took %d s."
            .formatted(
                scan.partial().isPresent() ? " for this pull request" : "",
                request.storeFolder(),
                scan.duration().toSeconds()));
  }

  /** In mode observe, where a stored result would have stood for this one. */
  private void compare(FreshSarif fresh, Cacheability.Cacheable key, Optional<Partial> pull)
      throws IOException {
    if (assumed.observed()) {
      new Observation(context, store).compare(fresh, key, pull);
    }
  }

  private void refuse(String why) {
    say("The result is not stored: " + why + ".");
    context
        .summary()
        .heading(3, "CodeQL cache")
        .paragraph("The result is not stored: " + why + ".")
        .write();
  }

  private void say(String what) {
    context.commands().info(what);
  }
}
