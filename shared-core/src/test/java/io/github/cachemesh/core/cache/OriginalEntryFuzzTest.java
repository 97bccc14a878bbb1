package io.github.cachemesh.core.cache;

import com.code_intelligence.jazzer.junit.FuzzTest;

class OriginalEntryFuzzTest {
  /** A file is an entry, or it is refused with a reason. */
  @FuzzTest(maxDuration = "10s")
  void anyFileIsReadOrRefused(byte[] file) {
    try {
      OriginalEntry.parse(file);
    } catch (IllegalArgumentException _) {
      // Its reason is for the report.
    }
  }
}
