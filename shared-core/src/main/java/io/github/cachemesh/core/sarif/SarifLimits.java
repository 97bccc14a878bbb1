package io.github.cachemesh.core.sarif;

import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What GitHub's upload takes: a file with more of anything is refused, so one is not worth storing.
 */
public final class SarifLimits {
  /** Of the file as it is uploaded. The documentation says MB: this is the smaller reading. */
  public static final long GZIPPED_BYTES = 10_000_000;

  public static final int RUNS = 20;

  private SarifLimits() {}

  private enum OfRun {
    RESULTS("results in a run", 25_000, run -> run.results().size()),
    RULES("rules in a run", 25_000, run -> run.sizes().rules()),
    EXTENSIONS("tool extensions in a run", 100, run -> run.sizes().extensions()),
    LOCATIONS("locations of a result", 1_000, run -> run.sizes().locations()),
    FLOW("thread flow locations of a result", 10_000, run -> run.sizes().threadFlowLocations()),
    TAGS("tags of a rule", 20, run -> run.sizes().tags());

    private final String what;
    private final int most;
    private final ToIntFunction<SarifRun> count;

    OfRun(String what, int most, ToIntFunction<SarifRun> count) {
      this.what = what;
      this.most = most;
      this.count = count;
    }

    Optional<String> exceeded(SarifScan scan) {
      return scan.runs().stream()
          .map(run -> above(count.applyAsInt(run), most, what))
          .flatMap(Optional::stream)
          .findFirst();
    }
  }

  /**
   * Names the first limit that is exceeded, with the count.
   *
   * @param gzippedBytes length of the file as it is uploaded
   */
  public static Optional<String> exceeded(SarifScan scan, long gzippedBytes) {
    return Stream.concat(
            Stream.of(
                above(gzippedBytes, GZIPPED_BYTES, "bytes of gzip"),
                above(scan.runs().size(), RUNS, "runs")),
            Stream.of(OfRun.values()).map(limit -> limit.exceeded(scan)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> above(long count, long most, String what) {
    return count > most
        ? Optional.of("%d %s, GitHub takes %d".formatted(count, what, most))
        : Optional.empty();
  }
}
