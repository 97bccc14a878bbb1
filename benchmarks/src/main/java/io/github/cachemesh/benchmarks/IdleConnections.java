package io.github.cachemesh.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * What idle libp2p connections take: 10,000 of them, in memory, with Noise, yamux and identify done
 * and a round of keep-alive over. Prints a table, and ends with 1 when the whole process takes more
 * than {@value #MAX_KIB_AN_END} KiB for each end of a connection.
 */
public final class IdleConnections {
  private static final int PEERS = 200;
  private static final int DIALS_EACH = 50;
  private static final int ENDS = 2 * PEERS * DIALS_EACH;
  private static final int MAX_KIB_AN_END = 40;

  /** Longer than the 30 s between two pings of a muxer. */
  private static final Duration IDLE = Duration.ofSeconds(45);

  private IdleConnections() {}

  public static void main(String... args)
      throws IOException, ExecutionException, InterruptedException {
    boolean isReached;
    try (IdleMesh mesh = new IdleMesh(PEERS)) {
      MemoryFigures before = MemoryFigures.now();
      mesh.connect(DIALS_EACH);
      Thread.sleep(IDLE);
      MemoryFigures after = MemoryFigures.now();
      if (mesh.ends() != ENDS || mesh.streams() != 0) {
        throw new IllegalStateException(
            "%d ends with %d streams, instead of %d without any"
                .formatted(mesh.ends(), mesh.streams(), ENDS));
      }
      isReached = report(before, after);
    }
    System.exit(isReached ? 0 : 1);
  }

  private static boolean report(MemoryFigures before, MemoryFigures after) {
    print("| MiB | %d peers | with %,d connections | KiB an end |", PEERS, ENDS / 2);
    print("| --- | --- | --- | --- |");
    row("objects", before.objects(), after.objects());
    row("direct buffers", before.buffers(), after.buffers());
    row("classes and compiled code", before.code(), after.code());
    row("free heap, stacks, the JVM itself", before.rest(), after.rest());
    row("resident", before.resident(), after.resident());
    double each = after.resident() / 1024.0 / ENDS;
    boolean isReached = each <= MAX_KIB_AN_END;
    print(
        "| the whole process for each end, at most %d KiB | | | %.1f %s |",
        MAX_KIB_AN_END, each, isReached ? "PASS" : "FALLS SHORT");
    return isReached;
  }

  private static void row(String name, long before, long after) {
    double mib = 1 << 20;
    double each = (after - before) / 1024.0 / ENDS;
    print("| %s | %.1f | %.1f | %.1f |", name, before / mib, after / mib, each);
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
