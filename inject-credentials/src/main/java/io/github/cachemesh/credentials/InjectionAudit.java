package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.actions.InheritedOwner;
import io.github.cachemesh.actions.Inputs;
import io.github.cachemesh.actions.RunnerEnvironment;
import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.credentials.Findings.Absent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The audit log that {@code audit} names: what a job gets is in it before the job has it, and what
 * it is refused as well. Where no input names one, nothing is logged here; a service has a log of
 * its own.
 */
final class InjectionAudit {
  private static final String FOLDER = "audit";
  private static final String KEY = "audit-key";

  private final ActionContext context;
  private final InstantSource clock;

  InjectionAudit(ActionContext context, InstantSource clock) {
    this.context = context;
    this.clock = clock;
  }

  /** Has the key masked. */
  void mask() {
    context.inputs().optional(KEY).ifPresent(key -> context.commands().mask(StoreKey.secrets(key)));
  }

  /**
   * Logs what the job is about to have, and tells how far the log goes then.
   *
   * @throws ActionFailure when it cannot be logged; the job must not have it
   */
  Optional<AuditHead> granted(List<Acquired> acquired) {
    return append(
        acquired.stream()
            .map(one -> event(one.name(), "from " + one.origin(), AuditOutcome.DONE))
            .toList());
  }

  /**
   * Logs what the job does not get.
   *
   * @throws ActionFailure when it cannot be logged
   */
  void denied(Findings findings) {
    List<AuditEvent> events = new ArrayList<>();
    for (Absent one : findings.refused()) {
      events.add(event(one.name(), one.why(), AuditOutcome.DENIED));
    }
    for (Absent one : findings.missing()) {
      events.add(event(one.name(), one.why(), AuditOutcome.NOT_FOUND));
    }
    Optional<AuditHead> _ = append(events);
  }

  private AuditEvent event(String what, String why, AuditOutcome outcome) {
    return new AuditEvent(AuditAction.INJECT, who(), what, why, outcome);
  }

  /** The job as the runner tells of it. */
  private String who() {
    RunnerEnvironment environment = context.environment();
    return "run %s, job %s, step %s of %s on %s"
        .formatted(
            environment.variable("GITHUB_RUN_ID").orElse("?"),
            environment.variable("GITHUB_JOB").orElse("?"),
            Handover.step(context),
            environment.variable("GITHUB_REPOSITORY").orElse("?"),
            environment.variable("RUNNER_NAME").orElse("?"));
  }

  private Optional<AuditHead> append(List<AuditEvent> events) {
    Inputs inputs = context.inputs();
    Optional<String> named = inputs.optional(FOLDER);
    if (named.isEmpty() && inputs.optional(KEY).isPresent()) {
      throw inputs.failure(KEY, "does not go without '" + FOLDER + "'");
    }
    if (named.isEmpty() || events.isEmpty()) {
      return Optional.empty();
    }
    Path folder = ConfiguredSources.here(context.environment(), named.get());
    byte[] text = inputs.required(KEY).getBytes(UTF_8);
    try (MacKey key = AuditKey.parse(text)) {
      AuditHead head = new AuditLog(folder, key, clock).append(events);
      give(folder);
      return Optional.of(head);
    } catch (IllegalArgumentException e) {
      throw inputs.failure(KEY, "is " + e.getMessage());
    } catch (IOException e) {
      throw new ActionFailure(
          "Nothing was injected, since it cannot be logged: " + FailureReason.of(e) + ".",
          "See 'audit' and 'audit-key', and check the log by cachemesh credentials audit verify.",
          e);
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  /** What is root's would keep the runner from emptying its workspace. */
  private static void give(Path folder) throws IOException {
    InheritedOwner.give(folder);
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    }
    for (Path file : files) {
      InheritedOwner.give(file);
    }
  }
}
