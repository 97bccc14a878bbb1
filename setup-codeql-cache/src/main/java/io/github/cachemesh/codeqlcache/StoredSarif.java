package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.sarif.FingerprintMismatch;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.InvalidSarifException;
import io.github.cachemesh.core.sarif.SarifBounds;
import io.github.cachemesh.core.sarif.SarifLimits;
import io.github.cachemesh.core.sarif.SarifReader;
import io.github.cachemesh.core.sarif.SarifRun;
import io.github.cachemesh.core.sarif.SarifScan;
import io.github.cachemesh.core.sarif.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The SARIF of a stored result, read once.
 *
 * @param gzipped as it is stored
 * @param sha256 of the unpacked bytes
 */
record StoredSarif(StoredScan stored, byte[] gzipped, String sha256, SarifScan scan) {
  private static final String CODEQL = "CodeQL";

  /** What came of reading it. */
  sealed interface Reading {
    record Read(StoredSarif sarif) implements Reading {}

    record Unreadable(Refusal refusal) implements Reading {}
  }

  static Reading read(ScanStore store, StoredScan stored) {
    try {
      byte[] gzipped = store.sarif(stored);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      SarifScan scan;
      try (InputStream unpacked =
          new DigestInputStream(
              new GZIPInputStream(new ByteArrayInputStream(gzipped)), digest)) {
        scan = SarifReader.read(unpacked, SarifBounds.DEFAULT);
        // White space may follow, which counts for the hash.
        long _ = unpacked.transferTo(OutputStream.nullOutputStream());
      }
      return new Reading.Read(
          new StoredSarif(stored, gzipped, HexFormat.of().formatHex(digest.digest()), scan));
    } catch (InvalidSarifException e) {
      return new Reading.Unreadable(
          new Refusal(Reason.INVALID_SARIF, "The stored SARIF: " + e.getMessage() + "."));
    } catch (IOException e) {
      return new Reading.Unreadable(
          new Refusal(Reason.CORRUPT_ENTRY, FailureReason.of(e)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The first thing that is wrong with it. */
  Optional<Refusal> verify(Sources sources) {
    if (!sha256.equals(stored.sarifSha256())) {
      return refused(Reason.CORRUPT_ENTRY, "The stored SARIF is not the one that was stored.");
    }
    if (scan.resultsCount() != stored.resultsCount() || scan.runs().isEmpty()) {
      return refused(Reason.CORRUPT_ENTRY, "The stored SARIF has other results than were stored.");
    }
    for (SarifRun run : scan.runs()) {
      if (!run.tool().equals(CODEQL) || !run.executionSuccessful() || !run.hasResults()) {
        return refused(Reason.INVALID_SARIF, "A stored run is none of CodeQL that ended well.");
      }
      if (!run.category().map(Categories::bare).equals(Optional.of(stored.category()))) {
        return refused(Reason.CATEGORY, "The stored SARIF is of another category.");
      }
    }
    return SarifLimits.exceeded(scan, gzipped.length)
        .map(limit -> new Refusal(Reason.LIMITS, "GitHub would refuse the stored SARIF: " + limit))
        .or(() -> mismatch(sources));
  }

  private Optional<Refusal> mismatch(Sources sources) {
    try {
      List<FingerprintMismatch> mismatches = Fingerprints.mismatches(scan, sources);
      // No path: a log may be public, and a path tells where an alert is.
      return mismatches.isEmpty()
          ? Optional.empty()
          : refused(
              Reason.FINGERPRINT_MISMATCH,
              "%d of the stored results are not on lines of this checkout."
                  .formatted(mismatches.size()));
    } catch (IOException e) {
      return refused(
          Reason.FINGERPRINT_MISMATCH, "A file cannot be read: " + FailureReason.of(e) + ".");
    }
  }

  private static Optional<Refusal> refused(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  @Override
  public String toString() {
    return "StoredSarif[" + stored.key() + "]";
  }
}
