package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.sarif.Extraction;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scan left behind, beside what main had assumed of it.
 *
 * @param skipped whether main had decided to skip: the SARIF that is found then is our own
 * @param event and {@code fork}: as in {@link JobFacts}
 * @param assumed key, settings and site at main
 * @param unfit why the checkout, examined again, proves nothing
 * @param checkoutDigest of the checkout, examined again
 * @param completed {@code CODEQL_ACTION_ANALYZE_DID_COMPLETE_SUCCESSFULLY} is true
 * @param environment of the job now
 * @param config what init saved, when it could be read
 * @param diffRanges whether {@code pr-diff-range.json} is there
 * @param pullRequest what the job scans, when it scans a pull request
 * @param sarif empty when none was found, or it is invalid
 * @param limitExceeded the limit of GitHub's upload that it exceeds
 * @param mismatches of its fingerprints with the checkout
 * @param bestExtraction of the category, as stored so far
 */
public record ScanOutcome(
    boolean skipped,
    String event,
    boolean fork,
    Cacheability.Cacheable assumed,
    ScanSettings settings,
    ScanSite site,
    Optional<Refusal> unfit,
    String checkoutDigest,
    boolean completed,
    Map<String, String> environment,
    Optional<SavedConfig> config,
    boolean diffRanges,
    Optional<Partial> pullRequest,
    Optional<SarifScan> sarif,
    Optional<String> limitExceeded,
    List<FingerprintMismatch> mismatches,
    Optional<Extraction> bestExtraction) {
  public ScanOutcome {
    environment = Map.copyOf(environment);
    mismatches = List.copyOf(mismatches);
  }

  /** Without the environment, which may hold secrets. */
  @Override
  public String toString() {
    return "ScanOutcome[" + assumed.key() + "]";
  }
}
