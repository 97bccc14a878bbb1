package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs write the same scans into one folder: whatever is read at any time is whole. */
class ScanStoreProcessesTest {
  private static final int ROUNDS = 15;

  private static ScanStore store(Path folder) {
    return new ScanStore(
        folder, Samples.REPOSITORY, ScanStoreTest.KEY, () -> Samples.NOW, new SecureRandom());
  }

  /** Writes, each time with a SARIF of other bytes. */
  public static void main(String[] args) throws Exception {
    ScanStore store = store(Path.of(args[0]));
    for (int round = 0; round < ROUNDS; round++) {
      byte[] sarif = new byte[50_000];
      Arrays.fill(sarif, (byte) (round + Integer.parseInt(args[1])));
      store.put(Samples.stored(), sarif);
    }
  }

  @Test
  void readersSeeWholeFilesOnly(@TempDir Path folder) throws Exception {
    store(folder).put(Samples.stored(), new byte[1]);
    List<Process> writers = new ArrayList<>();
    for (int writer = 0; writer < 2; writer++) {
      writers.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  ScanStoreProcessesTest.class.getName(),
                  folder.toString(),
                  Integer.toString(50 * writer))
              .inheritIO()
              .start());
    }
    ScanStore reader = store(folder);
    int reads = 0;
    while (writers.stream().anyMatch(Process::isAlive) || reads == 0) {
      assertThat(reader.find(Samples.cacheable(), Optional.empty()))
          .isEqualTo(new StoreLookup.Found(Samples.stored(), false));
      byte[] sarif = reader.sarif(Samples.stored());
      byte[] uniform = new byte[sarif.length];
      Arrays.fill(uniform, sarif[0]);
      assertThat(sarif).isEqualTo(uniform);
      reads++;
    }
    for (Process writer : writers) {
      assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(writer.exitValue()).isZero();
    }
    assertThat(reader.list()).singleElement().isInstanceOf(StoreEntry.Readable.class);
  }
}
