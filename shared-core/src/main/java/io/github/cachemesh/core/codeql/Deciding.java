package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps of {@link SkipDecision#decide}. */
record Deciding(Evidence evidence) {
  SkipDecision decide() {
    return job(evidence.job())
        .or(evidence::undeclared)
        .or(evidence::unfit)
        .<SkipDecision>map(Deciding::scan)
        .orElseGet(this::lookUp);
  }

  private static SkipDecision scan(Refusal refusal) {
    return new SkipDecision.Scan(refusal.reason(), refusal.detail());
  }

  private static Optional<Refusal> no(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  private static Optional<Refusal> job(JobFacts job) {
    if (!job.enabled()) {
      return no(Reason.DISABLED, "enable-caching is false");
    }
    if (job.killSwitch()) {
      return no(Reason.KILL_SWITCH, "CACHEMESH_CODEQL_DISABLE turns every skip off");
    }
    if (job.invalidInput().isPresent()) {
      return no(Reason.INVALID_INPUT, job.invalidInput().get());
    }
    if (job.force()) {
      return no(Reason.FORCED, "force is true");
    }
    return event(job).or(() -> place(job));
  }

  private static Optional<Refusal> event(JobFacts job) {
    // Before the event, which is one of GitHub's own then.
    if (job.defaultSetup()) {
      return no(
          Reason.DEFAULT_SETUP, "GitHub itself wrote the workflow of CodeQL's default set-up");
    }
    if (job.codeQuality()) {
      return no(Reason.CODE_QUALITY, "runs of code quality have no results that can be stored");
    }
    if (job.event().equals("merge_group")) {
      return no(Reason.MERGE_GROUP, "code scanning does not take results of a merge queue");
    }
    if (!job.event().equals("push") && !job.event().equals("pull_request")) {
      return no(Reason.EVENT, "a run of the event " + job.event() + " always scans");
    }
    return job.fork()
        ? no(Reason.FORK, "the change comes from a fork or from Dependabot")
        : Optional.empty();
  }

  private static Optional<Refusal> place(JobFacts job) {
    if (!job.gitHubDotCom()) {
      return no(Reason.UNSUPPORTED_SERVER, "the server is not github.com");
    }
    if (job.debugRerun()) {
      return no(Reason.DEBUG_RERUN, "the job was run again with debug logging");
    }
    if (!job.token()) {
      return no(Reason.NO_TOKEN, "github-token is empty, so that GitHub cannot be asked");
    }
    return job.storeKey()
        ? Optional.empty()
        : no(Reason.NO_STORE_KEY, "store-key is empty, so that nothing stored can be read");
  }

  private SkipDecision lookUp() {
    return switch (evidence.cacheability()) {
      case Cacheability.NotCacheable(Refusal refusal) -> scan(refusal);
      case Cacheability.Cacheable scan ->
          switch (evidence.lookup(scan)) {
            case StoreLookup.Found(StoredScan stored, boolean projected) -> use(stored, projected);
            case StoreLookup.Absent(Optional<ScanKey> nearest) -> absent(scan.key(), nearest);
            case StoreLookup.Corrupt(String file, String detail) ->
                new SkipDecision.Scan(Reason.CORRUPT_ENTRY, file + " " + detail);
          };
    };
  }

  private static SkipDecision absent(ScanKey key, Optional<ScanKey> nearest) {
    List<Component> differences = nearest.map(key::differences).orElse(List.of());
    if (differences.isEmpty()) {
      return new SkipDecision.Scan(Reason.NOT_STORED, "no scan of this category is stored");
    }
    return new SkipDecision.Scan(
        differences.getFirst().whenChanged(),
        "the nearest stored scan differs in "
            + differences.stream().map(Component::word).collect(Collectors.joining(", ")));
  }

  private SkipDecision use(StoredScan stored, boolean projected) {
    Optional<Refusal> refusal =
        age(stored)
            .or(() -> partial(stored))
            .or(() -> projected ? dropped(stored) : Optional.empty())
            .or(() -> extraction(stored))
            .or(() -> evidence.verification(stored));
    if (refusal.isPresent()) {
      return scan(refusal.get());
    }
    return switch (evidence.authority(stored)) {
      case Authority.Verdict.Refused(Refusal refused) -> scan(refused);
      case Authority.Verdict.Authorised(boolean merged) ->
          olderRuns()
              .map(Deciding::scan)
              .orElseGet(() -> skip(stored, hit(stored, projected, merged)));
    };
  }

  private Optional<Refusal> age(StoredScan stored) {
    Duration age = Duration.between(stored.storedAt(), evidence.now());
    return age.isNegative() || age.compareTo(evidence.timeToLive()) > 0
        ? no(Reason.EXPIRED, "it was stored at " + stored.storedAt() + ", beyond cache-ttl")
        : Optional.empty();
  }

  private Optional<Refusal> partial(StoredScan stored) {
    return stored.partial().isEmpty() || stored.partial().equals(evidence.pullRequest())
        ? Optional.empty()
        : no(Reason.PARTIAL, "it has the results of another pull request, merge or base only");
  }

  private Optional<Refusal> dropped(StoredScan stored) {
    return evidence.listsDroppedFile(stored)
        ? no(Reason.TREE_CHANGED, "the stored SARIF lists files that ignore-changes drops")
        : Optional.empty();
  }

  private Optional<Refusal> extraction(StoredScan stored) {
    double best = evidence.bestExtraction(stored).map(Extraction::ratio).orElse(0.0);
    return stored.extraction().map(Extraction::ratio).orElse(1.0) < best
        ? no(Reason.TRACED_BUILD, "a smaller part of the files was extracted than once before")
        : Optional.empty();
  }

  private Optional<Refusal> olderRuns() {
    return switch (evidence.olderRuns()) {
      case Evidence.PendingRuns.None _ -> Optional.empty();
      case Evidence.PendingRuns.Pending(String url) ->
          no(Reason.OLDER_RUN_PENDING, "an older run would upload after this one: " + url);
      case Evidence.PendingRuns.Unknown(String detail) -> no(Reason.AUTHORITY_UNREACHABLE, detail);
    };
  }

  private static Reason hit(StoredScan stored, boolean projected, boolean merged) {
    if (projected) {
      return Reason.HIT_PROJECTED;
    }
    if (merged) {
      return Reason.HIT_MERGED_PR;
    }
    return stored.partial().isPresent() ? Reason.HIT_PARTIAL : Reason.HIT;
  }

  private static SkipDecision skip(StoredScan stored, Reason reason) {
    Origin origin = stored.origin();
    return new SkipDecision.Skip(
        stored,
        reason,
        "the scan of %s at %s, stored at %s, stands for this one"
            .formatted(origin.commit(), origin.ref(), stored.storedAt()));
  }
}
