package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.StoreRefusedException;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What one command does to credentials, as the audit log is told: a command that could not be
 * logged does not begin, and what failed is logged as well.
 */
final class AuditTrail implements AutoCloseable {
  private final AuditLog log;
  private final MacKey key;
  private final Path folder;
  private final String who;
  private final String why;

  private AuditTrail(AuditLog log, MacKey key, Path folder, String who, String why) {
    this.log = log;
    this.key = key;
    this.folder = folder;
    this.who = who;
    this.why = why;
  }

  /** Something that is logged with how it ended. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Opens the log.
   *
   * @throws IOException when it could not be continued
   */
  static AuditTrail open(AuditOptions options, String why, Surroundings surroundings)
      throws IOException {
    MacKey key = options.key(surroundings);
    try {
      Path folder = options.folder(surroundings);
      AuditLog log = new AuditLog(folder, key, surroundings.clock());
      AuditHead _ = log.head();
      return new AuditTrail(log, key, folder, Actor.of(surroundings), why);
    } catch (IOException | RuntimeException e) {
      key.close();
      throw e;
    }
  }

  /**
   * Does something, all of it or nothing, and logs it of each thing that it is done to.
   *
   * @param whats is read after the work, which may have learned more of them
   */
  <T> T log(AuditAction action, List<String> whats, Work<T> work) throws IOException {
    T done = attempt(action, whats, work);
    try {
      append(action, whats, AuditOutcome.DONE, why);
    } catch (IOException e) {
      throw new IOException(
          "it was done, but not logged in %s: %s".formatted(folder, e.getMessage()), e);
    }
    return done;
  }

  /** Does something and logs it only when it fails. */
  <T> T attempt(AuditAction action, List<String> whats, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (IOException | RuntimeException e) {
      try {
        append(action, whats, outcome(e), reason(e));
      } catch (IOException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw e;
    }
  }

  /** Logs what came of it. */
  void tell(AuditAction action, String what, AuditOutcome outcome, String detail)
      throws IOException {
    append(action, List.of(what), outcome, joined(detail));
  }

  private void append(AuditAction action, List<String> whats, AuditOutcome outcome, String reason)
      throws IOException {
    List<AuditEvent> events = new ArrayList<>();
    for (String what : whats) {
      events.add(new AuditEvent(action, who, what, reason, outcome));
      if (events.size() == AuditLog.MAX_EVENTS) {
        log.append(events);
        events.clear();
      }
    }
    if (!events.isEmpty()) {
      log.append(events);
    }
  }

  private static AuditOutcome outcome(Exception e) {
    if (!(e instanceof StoreRefusedException refused)) {
      return AuditOutcome.FAILED;
    }
    return switch (refused.fault()) {
      case MISSING -> AuditOutcome.NOT_FOUND;
      case BUSY, NO_KEYRING, OUT_OF_BOUNDS -> AuditOutcome.FAILED;
      default -> AuditOutcome.DENIED;
    };
  }

  /** What an internal error says could be anything. */
  private String reason(Exception e) {
    return joined(
        e instanceof RuntimeException && !(e instanceof CommandFailure)
            ? e.getClass().getSimpleName()
            : String.valueOf(e.getMessage()));
  }

  private String joined(String reason) {
    return why.isEmpty() || reason.isEmpty() ? why + reason : why + ": " + reason;
  }

  @Override
  public void close() {
    key.close();
  }
}
