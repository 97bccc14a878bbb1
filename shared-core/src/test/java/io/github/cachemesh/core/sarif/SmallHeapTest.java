package io.github.cachemesh.core.sarif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest file that GitHub takes, in a heap of 64 MiB. */
class SmallHeapTest {
  private static final int RUNS = SarifLimits.RUNS;
  private static final int RESULTS = 25_000;
  private static final int RULES = 100;
  private static final int FILES = 1_000;
  private static final int LINES = 4_000;

  @TempDir private static Path folder;
  private static Path largest;

  @BeforeAll
  static void write() throws IOException {
    largest = folder.resolve("largest.sarif.gz");
    Random random = new Random(7);
    try (Writer sarif =
        new BufferedWriter(
            new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(largest)), UTF_8))) {
      sarif.write("{\"version\": \"2.1.0\", \"runs\": [");
      for (int run = 0; run < RUNS; run++) {
        sarif.write(run == 0 ? "" : ",");
        writeRun(sarif, random);
      }
      sarif.write("]}");
    }
  }

  private static void writeRun(Writer sarif, Random random) throws IOException {
    sarif.write(SampleSarif.json("{" + SampleSarif.TOOL + ", 'results': ["));
    for (int i = 0; i < RESULTS; i++) {
      sarif.write(i == 0 ? "" : ",");
      sarif.write(
          SampleSarif.json(
              SampleSarif.result(
                  "js/rule-" + i * RULES / RESULTS,
                  "packages/server/src/lib/File" + random.nextInt(FILES) + ".js",
                  1 + random.nextInt(LINES),
                  new LineHash(random.nextLong(), 1).text())));
    }
    sarif.write("]}");
  }

  @Test
  void largestFileIsReadInASmallHeap() throws Exception {
    assertThat(Files.size(largest)).isBetween(9_000_000L, SarifLimits.GZIPPED_BYTES);

    Process process = SmallHeapReader.start(largest);

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("20 runs, 500000 results");
    assertThat(process.waitFor()).isZero();
  }
}
