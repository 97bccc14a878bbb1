package io.github.cachemesh.core.audit;

import java.io.IOException;

/** A log was tampered with, so nothing is appended to it; it was left as it is. */
public final class AuditRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final AuditFault fault;

  AuditRefusedException(AuditFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /** What was done to it. */
  public AuditFault fault() {
    return fault;
  }
}
