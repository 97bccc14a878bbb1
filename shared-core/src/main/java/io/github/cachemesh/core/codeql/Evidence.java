package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What {@link SkipDecision} asks, in the order of these methods, each at most once and only while
 * nothing before it said no. An implementation reads files or asks GitHub; what fails is a {@link
 * Refusal}, not an exception.
 */
public interface Evidence {
  JobFacts job();

  Instant now();

  /** How long a stored result may be used. */
  Duration timeToLive();

  /** Why the workflow does not declare the scan that the inputs describe. */
  Optional<Refusal> undeclared();

  /** Why the checkout proves nothing. */
  Optional<Refusal> unfit();

  /** The scan's key. */
  Cacheability cacheability();

  /** What the store has of it. */
  StoreLookup lookup(Cacheability.Cacheable scan);

  /** The pull request that this job scans, when it scans one. */
  Optional<Partial> pullRequest();

  /** Whether the stored SARIF lists a file that {@code ignore-changes} drops. */
  boolean listsDroppedFile(StoredScan stored);

  /** The best part of the files that a scan of the category is known to have seen. */
  Optional<Extraction> bestExtraction(StoredScan stored);

  /** What is wrong with the stored SARIF. */
  Optional<Refusal> verification(StoredScan stored);

  /** What GitHub says of it. */
  Authority.Verdict authority(StoredScan stored);

  /** Whether an older run of this workflow and ref has not ended. */
  PendingRuns olderRuns();

  /** What is known of older runs. */
  sealed interface PendingRuns {
    record None() implements PendingRuns {}

    record Pending(String url) implements PendingRuns {}

    record Unknown(String detail) implements PendingRuns {}
  }
}
