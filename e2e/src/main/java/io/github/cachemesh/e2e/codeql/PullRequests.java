package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.e2e.Report;
import io.github.cachemesh.testkit.runner.JobResult;
import java.io.IOException;

/**
 * Pull requests whose results are restricted to their changes, as is codeql-action's default: those
 * stand for nothing but a run of the same pull request with the same merge.
 */
final class PullRequests {
  /** Looks at what a job uploaded, and says what our step said. */
  @FunctionalInterface
  interface Check {
    Outcome of(JobResult job) throws IOException;
  }

  private final Scene scene;
  private final Report report;
  private final Check full;

  PullRequests(Scene scene, Report report, Check full) {
    this.scene = scene;
    this.report = report;
    this.full = full;
  }

  void run() throws Exception {
    Commit start = scene.commit();
    Trigger push = scene.trigger();
    TreeChanges.replaced(
            SampleRepository.WORKFLOW, "env:\n  CODEQL_ACTION_DIFF_INFORMED_QUERIES: 'false'\n", "")
        .apply(scene);
    scene.push("Restrict results to changes");
    Commit base = scene.commit();
    scene.tree().write("src/change.js", "eval(4);\n");
    scene.tree().commit("Change");
    String head = scene.tree().head();
    scene.tree().git("checkout", "--quiet", "--detach", base.sha());
    scene.tree().git("merge", "--quiet", "--no-ff", "--message", "Merge", head);
    scene.checkedOut();

    scene.trigger(Trigger.pullRequest(7, base.sha(), false));
    expect("first run of a pull request", false, "environment-changed");
    int alerts = scene.hub().newestAnalysis().orElseThrow().alerts().size();
    report.fact("its results are of the change only", alerts == 1, alerts + " alert");
    expect("the same again", true, "hit-partial");
    scene.trigger(Trigger.pullRequest(8, base.sha(), false));
    expect("another one with the same merge", false, "partial");
    scene.trigger(Trigger.pullRequest(9, base.sha(), true));
    expect("one from a fork", false, "fork");
    scene.trigger(push);
    Outcome merged = full.of(scene.run());
    report.fact(
        "the same tree, merged",
        !merged.skipped() && merged.reason().equals("partial"),
        merged.reason());

    scene.tree().git("checkout", "--quiet", "main");
    scene.reset(start);
    Outcome back = full.of(scene.run());
    report.fact("back at the beginning", back.skipped(), back.reason());
  }

  private void expect(String name, boolean skipped, String reason) throws Exception {
    Outcome outcome = Outcome.of(scene.run());
    boolean right = outcome.skipped() == skipped && outcome.reason().equals(reason);
    report.fact(name, right, outcome.reason() + (right ? "" : ", not " + reason));
    if (!right) {
      report.note(outcome.log());
    }
  }
}
