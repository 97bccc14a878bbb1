package io.github.cachemesh.core.codeql;

import io.github.cachemesh.core.git.DenyPatterns;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.SarifResult;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a stored SARIF is one that the upload takes for this scan, and speaks of the files of
 * this checkout: pure. That it is complete it cannot tell; {@link Authority} does.
 */
public final class Verification {
  private Verification() {}

  /**
   * @param sha256 of the SARIF's bytes as they were read, in hexadecimal
   * @param limitExceeded the limit of GitHub's upload that it exceeds
   * @param mismatches of its fingerprints with the checkout
   * @return the first thing that is wrong
   */
  public static Optional<Refusal> judge(
      StoredScan stored,
      String sha256,
      SarifScan sarif,
      Optional<String> limitExceeded,
      List<FingerprintMismatch> mismatches) {
    return contents(stored, sha256, sarif)
        .or(() -> form(sarif.runs(), stored.category(), stored.toolVersion()))
        .or(() -> partial(stored, sarif))
        .or(() -> limitExceeded.map(limit -> new Refusal(Reason.LIMITS, limit)))
        .or(() -> fingerprints(mismatches));
  }

  private static Optional<Refusal> no(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  private static Optional<Refusal> contents(StoredScan stored, String sha256, SarifScan sarif) {
    if (!sha256.equals(stored.sarifSha256())) {
      return no(Reason.CORRUPT_ENTRY, "the stored SARIF does not have its digest");
    }
    return sarif.resultsCount() == stored.resultsCount()
        ? Optional.empty()
        : no(Reason.CORRUPT_ENTRY, "the stored SARIF does not have its number of results");
  }

  /** One run of CodeQL that ended well, in the category: GitHub takes no two of one category. */
  static Optional<Refusal> form(List<SarifRun> runs, String category, String toolVersion) {
    if (runs.size() != 1) {
      return no(Reason.INVALID_SARIF, "the SARIF has %d runs, not one".formatted(runs.size()));
    }
    SarifRun run = runs.getFirst();
    if (!run.tool().equals("CodeQL")) {
      return no(Reason.INVALID_SARIF, "the SARIF is of another tool than CodeQL");
    }
    if (!run.executionSuccessful() || !run.hasResults()) {
      return no(Reason.INVALID_SARIF, "the SARIF is of a run that did not end well");
    }
    if (!run.toolVersion().equals(Optional.of(toolVersion))) {
      return no(Reason.TOOLS_CHANGED, "the SARIF is of another version of CodeQL");
    }
    if (!run.category().map(Matrix::categoryOf).equals(Optional.of(category))) {
      return no(Reason.CATEGORY, "the SARIF is of another category than " + category);
    }
    return Optional.empty();
  }

  private static Optional<Refusal> partial(StoredScan stored, SarifScan sarif) {
    boolean incremental = sarif.runs().stream().anyMatch(run -> run.incrementalMode().isPresent());
    return incremental && stored.partial().isEmpty()
        ? no(Reason.PARTIAL, "the stored SARIF has the results of a change only")
        : Optional.empty();
  }

  /**
   * Whether a SARIF lists a file that {@code ignore-changes} drops.
   *
   * @param sourceRoot as in {@link ScanSettings}; a SARIF's paths are relative to it or to the top
   */
  public static boolean listsDroppedFile(
      SarifScan sarif, DenyPatterns patterns, String sourceRoot) {
    String top = sourceRoot.replaceFirst("^\\./", "").replaceFirst("/$", "") + "/";
    return sarif.runs().stream()
        .flatMap(
            run ->
                Stream.concat(
                    run.artifactPaths().stream(), run.results().stream().map(SarifResult::path)))
        .anyMatch(path -> patterns.drops(path) || patterns.drops(top + path));
  }

  static Optional<Refusal> fingerprints(List<FingerprintMismatch> mismatches) {
    return mismatches.isEmpty()
        ? Optional.empty()
        : no(
            Reason.FINGERPRINT_MISMATCH,
            "%d results do not fit the lines that they name".formatted(mismatches.size()));
  }
}
