package io.github.cachemesh.core.cache;

import static io.github.cachemesh.core.cache.SampleEntries.ALICE;
import static io.github.cachemesh.core.cache.SampleEntries.NOON;
import static io.github.cachemesh.core.cache.SampleEntries.numberedBody;
import static io.github.cachemesh.core.cache.SampleEntries.numberedEntry;
import static io.github.cachemesh.core.cache.SampleEntries.proof;

import io.github.cachemesh.core.http.Entry;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A process of its own that stores numbered entries, prints the number of each once it is stored,
 * and reads others in between. It ends by itself when it finds a wrong body.
 */
final class DiskWriter {
  static final int NUMBERS = 200;

  private DiskWriter() {}

  /**
   * @param shell run before the process, in the shell that becomes it; may be empty
   */
  static Process start(String shell, Path folder, long seed, int writes, int maxEntries)
      throws IOException {
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            DiskWriter.class.getName(),
            folder.toString(),
            Long.toString(seed),
            Integer.toString(writes),
            Integer.toString(maxEntries));
    List<String> command = new ArrayList<>();
    if (!shell.isEmpty()) {
      command.addAll(List.of("bash", "-c", shell + "; exec \"$@\"", "bash"));
    }
    command.addAll(java);
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.appendTo(new File(folder + ".log")))
        .start();
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    Random random = new Random(Long.parseLong(args[1]));
    RecordedEvents events = new RecordedEvents();
    DiskTier tier =
        new DiskTier(
            Path.of(args[0]), Integer.parseInt(args[3]), 1L << 30, InstantSource.system(), events);
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      int number = random.nextInt(NUMBERS);
      tier.store(numberedEntry(number, proof(ALICE, NOON.plusSeconds(i))), numberedBody(number));
      out.println(number);
      readRight(tier, random.nextInt(NUMBERS));
    }
    if (events.of(TierEvents.Event.DAMAGED) > 0) {
      System.exit(3);
    }
    System.exit(events.of(TierEvents.Event.FAILED) > 0 ? 4 : 0);
  }

  /** Whether the entry was there; when it was, it was right. */
  static boolean readRight(Tier tier, int number) {
    for (Entry entry : tier.find(numberedEntry(number).key().resource())) {
      byte[] body = tier.body(entry).orElse(null);
      if (body != null) {
        if (!Arrays.equals(body, numberedBody(number))) {
          throw new AssertionError("entry " + number + " has a wrong body");
        }
        return true;
      }
    }
    return false;
  }
}
