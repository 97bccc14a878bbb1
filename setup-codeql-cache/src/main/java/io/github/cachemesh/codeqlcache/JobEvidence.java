package io.github.cachemesh.codeqlcache;

import static java.util.Objects.requireNonNull;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Authority;
import io.github.cachemesh.core.codeql.Cacheability;
import io.github.cachemesh.core.codeql.Evidence;
import io.github.cachemesh.core.codeql.JobFacts;
import io.github.cachemesh.core.codeql.Partial;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoreLookup;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.codeql.Verification;
import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.sarif.Extraction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a job finds when a decision asks for it. Nothing is read or asked before the decision comes
 * to it, so that a job which is not to use the cache costs nothing; then all that can be is at the
 * same time.
 *
 * <p>A method whose question cannot end in a refusal throws {@link UncheckedIOException} when what
 * it needs cannot be read.
 */
final class JobEvidence implements Evidence, AutoCloseable {
  private final JobFacts job;
  private final ScanRequest request;
  private final Supplier<Inquiry> inquiries;
  private final Supplier<ScanStore> stores;
  private final Surroundings surroundings;

  private @Nullable Inquiry inquiry;
  private @Nullable ScanStore store;
  private @Nullable Cacheability cacheability;
  private StoredSarif.@Nullable Reading reading;
  private Tasks.@Nullable Finding<Authority.Verdict> verdict;

  /**
   * @param inquiries begins to read and ask
   * @param stores opens the store
   */
  JobEvidence(
      JobFacts job,
      ScanRequest request,
      Surroundings surroundings,
      Supplier<Inquiry> inquiries,
      Supplier<ScanStore> stores) {
    this.job = job;
    this.request = request;
    this.surroundings = surroundings;
    this.inquiries = inquiries;
    this.stores = stores;
  }

  /** What was begun to be read and asked, from now on. */
  Inquiry inquiry() {
    if (inquiry == null) {
      inquiry = inquiries.get();
    }
    return inquiry;
  }

  @Override
  public JobFacts job() {
    return job;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Duration timeToLive() {
    return request.ttl();
  }

  @Override
  public Optional<Refusal> undeclared() {
    try {
      return inquiry().declaration() instanceof Declaration.Missing(Refusal refusal)
          ? Optional.of(refusal)
          : Optional.empty();
    } catch (IOException e) {
      return refused(Reason.UNDECLARED, "The running workflow cannot be read", e);
    }
  }

  @Override
  public Optional<Refusal> unfit() {
    try {
      return inquiry().examination() instanceof WorkTree.Examination.Unproven(Refusal refusal)
          ? Optional.of(refusal)
          : Optional.empty();
    } catch (IOException e) {
      return refused(Reason.NO_CHECKOUT, "The checkout cannot be proven", e);
    }
  }

  @Override
  public Cacheability cacheability() {
    if (cacheability == null) {
      try {
        cacheability = inquiry().cacheability();
      } catch (IOException e) {
        cacheability =
            new Cacheability.NotCacheable(
                new Refusal(
                    Reason.AUTHORITY_UNREACHABLE,
                    "What decides the scan is not known: " + FailureReason.of(e) + "."));
      }
    }
    return cacheability;
  }

  @Override
  public StoreLookup lookup(Cacheability.Cacheable scan) {
    StoreLookup found = unchecked(() -> store().find(scan, inquiry().pullRequest()));
    if (found instanceof StoreLookup.Found(StoredScan stored, boolean projected)) {
      reading = StoredSarif.read(store(), stored);
      if (reading instanceof StoredSarif.Reading.Read(StoredSarif sarif)) {
        verdict =
            inquiry()
                .tasks()
                .start(
                    () ->
                        new AuthorityQuestions(inquiry(), request, surroundings)
                            .ask(sarif, projected));
      }
    }
    return found;
  }

  private ScanStore store() {
    if (store == null) {
      store = stores.get();
    }
    return store;
  }

  /** The SARIF of the result that was found. */
  Optional<StoredSarif> found() {
    return reading instanceof StoredSarif.Reading.Read(StoredSarif sarif)
        ? Optional.of(sarif)
        : Optional.empty();
  }

  @Override
  public Optional<Partial> pullRequest() {
    return unchecked(() -> inquiry().pullRequest());
  }

  @Override
  public boolean listsDroppedFile(StoredScan stored) {
    // A SARIF that cannot be read may list anything.
    return found()
        .map(
            sarif ->
                Verification.listsDroppedFile(
                    sarif.scan(),
                    DenyPatterns.of(request.ignoreChanges()),
                    request.scan("source-root")))
        .orElse(true);
  }

  @Override
  public Optional<Extraction> bestExtraction(StoredScan stored) {
    return Extractions.best(unchecked(() -> store().list()), stored.category());
  }

  @Override
  public Optional<Refusal> verification(StoredScan stored) {
    return switch (requireNonNull(reading, "a result is verified after it was found")) {
      case StoredSarif.Reading.Unreadable(Refusal refusal) -> Optional.of(refusal);
      case StoredSarif.Reading.Read(StoredSarif sarif) ->
          sarif.verify(unchecked(() -> inquiry().tree().files()));
    };
  }

  @Override
  public Authority.Verdict authority(StoredScan stored) {
    try {
      return requireNonNull(verdict, "GitHub is asked when a result was found").get();
    } catch (IOException e) {
      return new Authority.Verdict.Refused(
          new Refusal(
              Reason.AUTHORITY_UNREACHABLE,
              "GitHub cannot be asked: " + FailureReason.of(e) + "."));
    }
  }

  @Override
  public PendingRuns olderRuns() {
    try {
      return inquiry().olderRuns();
    } catch (IOException e) {
      return new PendingRuns.Unknown(FailureReason.of(e));
    }
  }

  private static Optional<Refusal> refused(Reason reason, String what, IOException e) {
    return Optional.of(new Refusal(reason, what + ": " + FailureReason.of(e) + "."));
  }

  private interface Read<T> {
    T get() throws IOException;
  }

  private static <T> T unchecked(Read<T> read) {
    try {
      return read.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (inquiry != null) {
      inquiry.close();
    }
  }
}
