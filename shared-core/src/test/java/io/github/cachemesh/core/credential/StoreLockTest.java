package io.github.cachemesh.core.credential;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLockTest {
  @Test
  void locksOfDifferentFilesDoNotWaitForEachOther(@TempDir Path folder) throws IOException {
    List<StoreLock> held = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        held.add(StoreLock.acquire(folder.resolve("store-" + i), Duration.ofSeconds(5)));
      }
    } finally {
      for (StoreLock each : held) {
        each.close();
      }
    }
  }
}
