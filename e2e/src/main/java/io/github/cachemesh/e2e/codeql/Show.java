package io.github.cachemesh.e2e.codeql;

import io.github.cachemesh.codeqlcache.Main;
import io.github.cachemesh.e2e.Report;
import io.github.cachemesh.e2e.Trees;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.ProgramLauncher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shows when a scan is skipped and when not: whole jobs on an emulated runner beside a simulated
 * GitHub, with the stand-in for codeql-action. Whatever is uploaded is compared with what a scan
 * would have said at that moment. Exits with 1 when anything is otherwise than it must be.
 */
final class Show {
  private final Scene scene;
  private final Oracle oracle;
  private final Report report;

  private Show(Scene scene, Oracle oracle, Report report) {
    this.scene = scene;
    this.oracle = oracle;
    this.report = report;
  }

  /**
   * Runs it.
   *
   * @param args the number of mutations, then their seed, which is random when left out
   */
  public static void main(String... args) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Path folder = Files.createTempDirectory("cachemesh-codeql");
    StandIn standIn =
        StandIn.install(Path.of("e2e/codeql/codeql-action"), folder.resolve("stand-in"));
    Report report = new Report(out);
    try (Hub hub = new Hub();
        Oracle oracle = new Oracle(standIn)) {
      ScanJobs jobs =
          new ScanJobs(folder.resolve("runner"), standIn, hub, new ProgramLauncher(Main::action));
      WorkTree tree = SampleRepository.create(jobs.workspace(), folder.resolve("origins"));
      Scene scene = new Scene(tree, hub, jobs);
      new Show(scene, oracle, report).all(hub.repositoryId());
      HardTexts.compare(oracle, report, folder.resolve("text"));
      long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
      new Mutations(scene, oracle, report, seed).run(Integer.parseInt(args[0]));
    } finally {
      Trees.delete(folder);
    }
    out.printf("%n%d passed, %d failed%n", report.shown() - report.wrong(), report.wrong());
    System.exit(report.wrong() == 0 ? 0 : 1);
  }

  private void all(long repositoryId) throws Exception {
    report.heading("The first run stores, the next one skips");
    scans("first run", "not-stored");
    skips("same commit again");
    rebase();
    report.heading("The tree");
    for (Change change : TreeChanges.oneByteOfEachFile(scene.tree())) {
      decidesToScan(change);
    }
    for (Change change : TreeChanges.all()) {
      scansAndSkipsAgain(change);
    }
    report.heading("Workflow, settings and surroundings");
    for (Change change : SettingChanges.all()) {
      scansAndSkipsAgain(change);
    }
    report.heading("The store");
    Path store = scene.tree().path(SampleRepository.STORE);
    for (Change change : new Forgeries(store, repositoryId).all()) {
      scansAndSkipsAgain(change);
    }
    report.heading("Pull requests");
    new PullRequests(scene, report, this::checked).run();
  }

  private void rebase() throws Exception {
    String before = scene.commit().sha();
    String category = scene.hub().newestAnalysis().orElseThrow().category();
    scene.tree().git("commit", "--quiet", "--amend", "--message", "The same tree by rebase");
    scene.checkedOut();
    skips("same tree by rebase");
    Hub.Recorded uploaded = scene.hub().newestAnalysis().orElseThrow();
    report.fact(
        "it is uploaded for the new commit",
        uploaded.commit().equals(scene.commit().sha()) && !uploaded.commit().equals(before),
        uploaded.commit().substring(0, 7));
    report.fact("with the same category", uploaded.category().equals(category), category);
  }

  /** Our step only: what matters is that it says no, for each of many files. */
  private void decidesToScan(Change change) throws Exception {
    Change.Undo undo = change.edit().apply(scene);
    Outcome outcome = Outcome.of(scene.decide());
    undo.run();
    Outcome after = Outcome.of(scene.decide());
    boolean right =
        !outcome.skipped() && outcome.reason().equals(change.reason()) && after.skipped();
    report.fact(change.name(), right, outcome.reason() + ", undone: " + after.reason());
    if (!right) {
      report.note(outcome.log() + after.log());
    }
  }

  private void scansAndSkipsAgain(Change change) throws Exception {
    Change.Undo undo = change.edit().apply(scene);
    boolean scanned = scans(change.name(), change.reason());
    undo.run();
    JobResult after = scene.run();
    Outcome outcome = checked(after);
    if (!outcome.skipped()) {
      report.fact("    undone", false, outcome.reason());
      report.note(scanned ? outcome.log() : "");
    }
  }

  private boolean scans(String name, String reason) throws Exception {
    Outcome outcome = checked(scene.run());
    boolean right = !outcome.skipped() && outcome.reason().equals(reason);
    report.fact(name, right, "scan: " + outcome.reason() + (right ? "" : ", not " + reason));
    if (!right) {
      report.note(outcome.log());
    }
    return right;
  }

  private void skips(String name) throws Exception {
    Outcome outcome = checked(scene.run());
    report.fact(
        name, outcome.skipped(), (outcome.skipped() ? "skip: " : "scan: ") + outcome.reason());
    if (!outcome.skipped()) {
      report.note(outcome.log());
    }
  }

  /** What a job said, after a look at what it uploaded. */
  private Outcome checked(JobResult job) throws IOException {
    Outcome outcome = Outcome.of(job);
    if (!job.succeeded()) {
      report.fact("    the job succeeds", false, "");
      report.note(job.log());
    }
    Optional<Hub.Recorded> uploaded = scene.hub().newestAnalysis();
    List<String> truth = oracle.alerts(Inputs.ofInit(scene), scene.hub().properties());
    if (uploaded.isEmpty() || !uploaded.get().alerts().equals(truth)) {
      report.fact("    uploaded is what a scan would say", false, truth + " but " + uploaded);
    }
    return outcome;
  }
}
