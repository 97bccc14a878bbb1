package io.github.cachemesh.core.cache;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.core.http.Entry;

class EntryJsonFuzzTest {
  private final EntryJson json = new EntryJson();

  /** Metadata are an entry that can be written again, or they are refused. */
  @FuzzTest(maxDuration = "10s")
  void anyMetadataAreReadOrRefused(byte[] metadata) {
    Entry entry;
    try {
      entry = json.decode(metadata);
    } catch (IllegalArgumentException _) {
      return;
    }
    if (!json.decode(json.encode(entry)).equals(entry)) {
      throw new AssertionError("written otherwise than read");
    }
  }
}
