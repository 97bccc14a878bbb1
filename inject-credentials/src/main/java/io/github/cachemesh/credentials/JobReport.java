package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.Annotation;
import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.credentials.Findings.Absent;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells the job how main ended, by name and never by value: outputs, log and summary. */
final class JobReport {
  private final ActionContext context;

  JobReport(ActionContext context) {
    this.context = context;
  }

  /** The step failed; the job has nothing. */
  void error() {
    outputs(0, Status.ERROR);
  }

  /**
   * The job has what it could have.
   *
   * @param writes of the acquired ones, in their order
   * @param head of the audit log; empty where there is none
   */
  void done(Findings findings, List<Write> writes, Optional<AuditHead> head) {
    List<Acquired> acquired = findings.acquired();
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < acquired.size(); i++) {
      rows.add(row(acquired.get(i), writes.get(i)));
    }
    rows.forEach(row -> context.commands().info(String.join(", ", row)));
    findings.remarks().forEach(this::warn);
    if (!findings.missing().isEmpty()) {
      warn(
          "Not injected, since they are not there: "
              + findings.missing().stream().map(Absent::toString).collect(Collectors.joining("; "))
              + ". 'on-missing' is warn, so the job goes on without them.");
    }
    Status status = Status.of(acquired.size(), findings.missing().size());
    if (status != Status.EMPTY) {
      summary(findings, rows, head);
    }
    head.ifPresent(end -> context.outputs().set("audit-head", end.toString()));
    outputs(acquired.size(), status);
  }

  private static List<String> row(Acquired credential, Write write) {
    return List.of(
        credential.name(),
        write.toString(),
        "from " + credential.origin(),
        credential
            .expires()
            .map(at -> "until " + at.truncatedTo(ChronoUnit.SECONDS))
            .orElse("no expiry known"),
        credential.revocable() ? "revoked at the job's end" : "not revocable");
  }

  private void summary(Findings findings, List<List<String>> rows, Optional<AuditHead> head) {
    List<List<String>> all = new ArrayList<>(rows);
    findings
        .missing()
        .forEach(absent -> all.add(List.of(absent.name(), "", "", "", "missing: " + absent.why())));
    try {
      context
          .summary()
          .heading(3, "Credentials")
          .table(List.of("Name", "As", "From", "Until", ""), all);
      head.ifPresent(end -> context.summary().paragraph("Audit log: " + end));
      context.summary().write();
    } catch (ActionFailure e) {
      context.commands().info("The step summary cannot be written: " + e.getMessage());
    }
  }

  private void warn(String text) {
    context.commands().warning(text, Annotation.titled(context.metadata().name()));
  }

  private void outputs(int injected, Status status) {
    context.outputs().set("credentials-injected", Integer.toString(injected));
    context.outputs().set("status", status.output());
  }
}
