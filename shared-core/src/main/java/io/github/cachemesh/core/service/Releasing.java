package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends minted credentials before their time, for whoever brings their leases. What came of it is in
 * the audit log, but for leases that are none. Thread-safe; blocks.
 */
final class Releasing {
  private final LeaseBox leases;
  private final AppTokens app;
  private final AuditLog audit;
  private final ServiceMetrics metrics;

  Releasing(LeaseBox leases, AppTokens app, AuditLog audit, ServiceMetrics metrics) {
    this.leases = leases;
    this.app = app;
    this.audit = audit;
    this.metrics = metrics;
  }

  /**
   * Ends what the leases hold.
   *
   * @return what became of each, in their order
   * @throws IOException when it cannot be logged; asking again is safe
   */
  List<Released> release(Asking.ForRelease asking) throws IOException {
    List<Released> released = new ArrayList<>();
    List<AuditEvent> events = new ArrayList<>();
    for (Lease lease : asking.leases()) {
      Optional<LeasedToken> opened = leases.open(lease);
      if (opened.isEmpty()) {
        released.add(Released.UNKNOWN);
        continue;
      }
      try (LeasedToken token = opened.get()) {
        Released outcome = app.revoke(token);
        released.add(outcome);
        events.add(event(asking, token, outcome == Released.REVOKED));
      }
    }
    if (!events.isEmpty()) {
      audit.append(events);
    }
    return released;
  }

  private AuditEvent event(Asking.ForRelease asking, LeasedToken token, boolean revoked) {
    metrics.credential(
        revoked ? ServiceMetrics.Credential.REVOKED : ServiceMetrics.Credential.NOT_REVOKED);
    String why = revoked ? "given back" : "GitHub did not end it: it expires " + token.expires();
    return new AuditEvent(
        AuditAction.REVOKE,
        token.who(),
        token.name(),
        "request %s: %s".formatted(asking.id(), why),
        revoked ? AuditOutcome.DONE : AuditOutcome.FAILED);
  }
}
