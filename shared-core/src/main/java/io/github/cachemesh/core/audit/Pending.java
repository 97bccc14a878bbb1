package io.github.cachemesh.core.audit;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events that wait to be written, and what became of them. Used by whoever has the log's turn. */
final class Pending {
  private final List<AuditEvent> events;
  private @Nullable AuditHead head;
  private @Nullable Exception failure;

  Pending(List<AuditEvent> events) {
    this.events = List.copyOf(events);
  }

  List<AuditEvent> events() {
    return events;
  }

  boolean isSettled() {
    return head != null || failure != null;
  }

  void succeed(AuditHead after) {
    head = after;
  }

  void fail(Exception why) {
    failure = why;
  }

  /** The head after the events; each who waited is told the same failure. */
  AuditHead head() throws IOException {
    if (head != null) {
      return head;
    }
    if (failure instanceof AuditRefusedException refused) {
      throw new AuditRefusedException(refused.fault(), String.valueOf(refused.getMessage()));
    }
    throw new IOException(
        "not logged: " + (failure == null ? "nobody wrote it" : failure.getMessage()), failure);
  }
}
