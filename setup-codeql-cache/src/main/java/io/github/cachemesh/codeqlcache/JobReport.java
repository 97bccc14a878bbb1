package io.github.cachemesh.codeqlcache;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.actions.Commands;
import io.github.cachemesh.actions.Outputs;
import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.codeql.StoredScan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the job how main ended: every output each time, the same reason in log and summary. How
 * many results there are is told where the inputs ask for it only: logs and summaries may be
 * public.
 */
final class JobReport {
  private final ActionContext context;
  private final List<List<String>> rows = new ArrayList<>();
  private String key = "";
  private String storeFolder = "";

  JobReport(ActionContext context) {
    this.context = context;
  }

  /**
   * @param hex of the scan's key
   */
  void key(String hex) {
    this.key = hex;
    row("Key", hex);
  }

  void storeFolder(String folder) {
    this.storeFolder = folder;
  }

  /** Adds a line to the summary. */
  void row(String name, String value) {
    rows.add(List.of(name, value));
  }

  /** The scan runs. */
  void scan(Reason reason, String detail) {
    commands().info("CodeQL scans this commit: " + reason.word() + ". " + detail);
    summary("The scan runs", reason, detail);
    outputs(CacheStatus.of(reason), false, "", reason, false, Duration.ZERO);
  }

  /** The scan runs, although a stored result would have stood for it. */
  void observed(Reason reason, String detail, boolean partial) {
    commands()
        .info("CodeQL scans this commit, since 'mode' is observe; else: " + reason.word() + ".");
    summary("The scan runs, to be compared with what is stored", reason, detail);
    outputs(CacheStatus.SUCCESS, false, "", reason, partial, Duration.ZERO);
  }

  /**
   * The scan is skipped.
   *
   * @param file as the steps know it
   * @param saved what the scan had taken, less what this step took
   */
  void skip(StoredScan stored, Reason reason, String detail, Path file, Duration saved) {
    commands()
        .notice(
            "The CodeQL scan is skipped: " + reason.word() + ". " + detail,
            Annotation.titled(context.metadata().name()));
    row("Scanned", stored.origin().commit() + " at " + stored.origin().ref());
    row("Time saved", saved.toSeconds() + " s");
    summary("The scan is skipped", reason, detail);
    outputs(
        CacheStatus.SUCCESS, true, file.toString(), reason, stored.partial().isPresent(), saved);
  }

  /** An input is wrong. */
  void invalid(ActionFailure wrong) {
    commands()
        .error(
            wrong.getMessage() + "\n" + wrong.remedy(),
            Annotation.titled(context.metadata().name()));
    scan(Reason.INVALID_INPUT, String.valueOf(wrong.getMessage()));
  }

  /** Something broke. */
  void broken(Throwable failure, String detail) {
    commands()
        .warning(
            "CodeQL scans this commit, since its cache failed: " + detail,
            Annotation.titled(context.metadata().name()));
    if (context.environment().debug()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      commands().debug(trace.toString());
    }
    scan(Reason.INTERNAL_ERROR, detail);
  }

  private Commands commands() {
    return context.commands();
  }

  private void summary(String outcome, Reason reason, String detail) {
    List<List<String>> all = new ArrayList<>();
    all.add(List.of("Outcome", outcome));
    all.add(List.of("Reason", reason.word()));
    all.add(List.of("Which means", detail));
    all.addAll(rows);
    try {
      context.summary().heading(3, "CodeQL cache").table(List.of("", ""), all).write();
    } catch (ActionFailure e) {
      commands().info("The step summary cannot be written: " + e.getMessage());
    }
  }

  private void outputs(
      CacheStatus status,
      boolean skip,
      String file,
      Reason reason,
      boolean partial,
      Duration saved) {
    Outputs outputs = context.outputs();
    outputs.set("cache-status", status.output());
    outputs.set("cached-result", file);
    outputs.set("cache-dir", storeFolder);
    outputs.set("reason", reason.word());
    outputs.set("cache-key", key);
    outputs.set("partial", Boolean.toString(partial));
    outputs.set("time-saved-seconds", Long.toString(saved.toSeconds()));
    // Last, so that whatever fails before it means scan.
    outputs.set("should-skip-scan", Boolean.toString(skip));
  }
}
