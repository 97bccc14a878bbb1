package io.github.cachemesh.core.cli;

import io.github.cachemesh.core.audit.AuditEntry;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.envelope.MacKey;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads a log for people, who are told when not all of it can be believed. */
final class AuditReading {
  private AuditReading() {}

  /** Hands over what is intact. */
  static AuditVerdict read(
      AuditOptions audit, Surroundings surroundings, Consumer<AuditEntry> reader)
      throws IOException {
    try (MacKey key = audit.key(surroundings)) {
      return new AuditLog(audit.folder(surroundings), key, surroundings.clock()).read(reader);
    }
  }

  /** The exit code of whoever printed it; a failure when something was done to the log. */
  static int exitCode(AuditVerdict verdict) {
    if (verdict instanceof AuditVerdict.Broken broken) {
      throw CommandFailure.failed("from there on the log cannot be believed: " + broken.message());
    }
    return 0;
  }
}
