package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.Refusal;
import io.github.cachemesh.core.codeql.ScanStore;
import io.github.cachemesh.core.codeql.StoredScan;
import io.github.cachemesh.core.codeql.Verification;
import io.github.cachemesh.core.sarif.Fingerprints;
import io.github.cachemesh.core.sarif.InvalidSarifException;
import io.github.cachemesh.core.sarif.SarifBounds;
import io.github.cachemesh.core.sarif.SarifLimits;
import io.github.cachemesh.core.sarif.SarifReader;
import io.github.cachemesh.core.sarif.SarifScan;
import io.github.cachemesh.core.sarif.Sources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The SARIF of a stored result, read once.
 *
 * @param gzipped as it is stored
 * @param sha256 of the unpacked bytes
 */
record StoredSarif(StoredScan stored, byte[] gzipped, String sha256, SarifScan scan) {
  /** What came of reading it. */
  sealed interface Reading {
    record Read(StoredSarif sarif) implements Reading {}

    record Unreadable(Refusal refusal) implements Reading {}
  }

  static Reading read(ScanStore store, StoredScan stored) {
    try {
      byte[] gzipped = store.sarif(stored);
      MessageDigest digest = Sha256.digest();
      SarifScan scan;
      try (InputStream unpacked =
          new DigestInputStream(new GZIPInputStream(new ByteArrayInputStream(gzipped)), digest)) {
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
      return new Reading.Unreadable(new Refusal(Reason.CORRUPT_ENTRY, FailureReason.of(e)));
    }
  }

  /** The first thing that is wrong with it. */
  Optional<Refusal> verify(Sources sources) {
    try {
      return Verification.judge(
          stored,
          sha256,
          scan,
          SarifLimits.exceeded(scan, gzipped.length),
          Fingerprints.mismatches(scan, sources));
    } catch (IOException e) {
      return Optional.of(
          new Refusal(
              Reason.FINGERPRINT_MISMATCH, "A file cannot be read: " + FailureReason.of(e) + "."));
    }
  }

  /** {@code automationDetails.id}, by which the upload is known. */
  String categoryId() {
    return scan.runs().getFirst().category().orElse("");
  }

  @Override
  public String toString() {
    return "StoredSarif[" + stored.key() + "]";
  }
}
