package io.github.cachemesh.core.sarif;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

class SarifReaderFuzzTest {
  private static final SarifBounds BOUNDS = new SarifBounds(1 << 20, 1 << 20, 1000, 64, 1000);

  /** A file is a scan that equals itself, or it is refused by name. */
  @FuzzTest(maxDuration = "10s")
  void anyFileIsReadOrRefused(byte[] file) throws IOException {
    SarifScan scan;
    try {
      scan = SarifReader.read(new ByteArrayInputStream(file), BOUNDS);
    } catch (InvalidSarifException _) {
      return;
    }
    if (!ScanDifference.between(scan, scan).isEmpty()) {
      throw new AssertionError("a scan differs from itself");
    }
    if (Fingerprints.mismatches(scan, _ -> Optional.empty()).size() != scan.resultsCount()) {
      throw new AssertionError("a result without a file passed");
    }
  }

  /** A gzip file is read or refused by name. */
  @FuzzTest(maxDuration = "10s")
  void anyGzipIsReadOrRefused(byte[] file) throws IOException {
    try {
      SarifReader.readGzip(new ByteArrayInputStream(file), BOUNDS);
    } catch (InvalidSarifException _) {
      return;
    }
  }
}
