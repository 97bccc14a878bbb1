package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.e2e.Report;
import io.github.cachemesh.e2e.Trees;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Random edits of tree and settings, one at a time: none may be skipped, and each undone has to be
 * skipped again. Says how many of them would have changed what a scan finds.
 */
final class Mutations {
  private static final int MAX_FAULTS = 3;

  private final Scene scene;
  private final Oracle oracle;
  private final Report report;
  private final long seed;

  Mutations(Scene scene, Oracle oracle, Report report, long seed) {
    this.scene = scene;
    this.oracle = oracle;
    this.report = report;
    this.seed = seed;
  }

  void run(int count) throws Exception {
    report.heading(count + " random edits, seed " + seed);
    // An edit may make a tree that was scanned before; only this one is to be known.
    Trees.delete(scene.tree().path(SampleRepository.STORE));
    var _ = scene.run();
    long start = System.nanoTime();
    RandomEdits edits = new RandomEdits(new Random(seed));
    List<String> before = alerts();
    Map<String, Integer> reasons = new TreeMap<>();
    int scanned = 0;
    int skippedAgain = 0;
    int otherAlerts = 0;
    for (int i = 0; i < count && report.wrong() < MAX_FAULTS; i++) {
      RandomEdits.Named edit = edits.next(scene);
      Change.Undo undo = edit.edit().apply(scene);
      Outcome mutated = Outcome.of(scene.decide());
      otherAlerts += alerts().equals(before) ? 0 : 1;
      undo.run();
      Outcome undone = Outcome.of(scene.decide());
      reasons.merge(mutated.reason(), 1, Integer::sum);
      scanned += mutated.skipped() ? 0 : 1;
      skippedAgain += undone.skipped() ? 1 : 0;
      if (mutated.skipped() || !undone.skipped()) {
        report.fact(
            "edit " + i + ": " + edit.name(),
            false,
            mutated.reason() + ", undone: " + undone.reason());
        report.note(mutated.skipped() ? mutated.log() : undone.log());
      }
    }
    report.fact("none skips", scanned == count, scanned + " scans: " + reasons);
    report.fact("each undone skips", skippedAgain == count, skippedAgain + " skips");
    report.fact("some would have changed the alerts", otherAlerts > 0, otherAlerts + " of them");
    report.note("%.1f s".formatted((System.nanoTime() - start) / 1e9));
  }

  private List<String> alerts() throws Exception {
    return oracle.alerts(Inputs.ofInit(scene), scene.hub().properties());
  }
}
