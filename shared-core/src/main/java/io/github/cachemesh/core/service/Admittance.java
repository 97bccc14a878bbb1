package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.oidc.Admission;
import io.github.cachemesh.core.oidc.Denial;
import io.github.cachemesh.core.oidc.ReplayRecord;
import io.github.cachemesh.core.oidc.TokenVerifier;
import io.github.cachemesh.core.oidc.Verification;
import io.github.cachemesh.core.oidc.VerifiedToken;
import java.io.IOException;

/**
 * Lets a request in whose token GitHub made for this service and this request's key, once. A
 * refusal is in the audit log before it is told; but of an address that is refused again and again,
 * or a repository that asks too often, only the metrics tell, so that nobody fills the log.
 * Thread-safe; blocks.
 */
final class Admittance {
  private final ServiceUrl service;
  private final TokenVerifier verifier;
  private final ReplayRecord replays;
  private final AuditLog audit;
  private final RateLimit strangers;
  private final RateLimit repositories;

  Admittance(
      ServiceUrl service,
      TokenVerifier verifier,
      ReplayRecord replays,
      AuditLog audit,
      RateLimit strangers,
      RateLimit repositories) {
    this.service = service;
    this.verifier = verifier;
    this.replays = replays;
    this.audit = audit;
    this.strangers = strangers;
    this.repositories = repositories;
  }

  /** What becomes of a request. */
  sealed interface Result {
    record Admitted(VerifiedToken token) implements Result {}

    record Refused(String reason, boolean replayed) implements Result {}

    /** Too many have come from there. */
    record Limited() implements Result {}

    /** Whether it may come in cannot be told, or not recorded. */
    record Undecided(String problem) implements Result {}
  }

  /**
   * Decides about a request.
   *
   * @param address where it came from, as far as the connection tells
   * @throws IOException when a refusal cannot be logged
   */
  Result admit(Asking.ForCredentials asking, String address) throws IOException {
    String audience = service.audience(asking.recipient());
    return switch (verifier.verify(asking.token(), audience)) {
      case Verification.Accepted(VerifiedToken token) -> admit(asking, token);
      case Verification.Denied denied when denied.reason() == Denial.KEYS_UNAVAILABLE ->
          new Result.Undecided(denied.detail());
      case Verification.Denied denied -> {
        if (!strangers.take(address)) {
          yield new Result.Limited();
        }
        log(asking, Asker.stranger(address), denied.detail());
        yield new Result.Refused(denied.detail(), false);
      }
    };
  }

  private Result admit(Asking.ForCredentials asking, VerifiedToken token) throws IOException {
    if (!repositories.take(Long.toString(token.claims().repositoryId()))) {
      return new Result.Limited();
    }
    return switch (replays.admit(token)) {
      case Admission.Fresh() -> new Result.Admitted(token);
      case Admission.Replayed() -> {
        String reason = "the token was used before: ask for one for each request";
        log(asking, Asker.job(token.claims()), reason);
        yield new Result.Refused(reason, true);
      }
      case Admission.Unrecorded(String detail) -> new Result.Undecided(detail);
    };
  }

  private void log(Asking.ForCredentials asking, String who, String why) throws IOException {
    audit.append(
        new AuditEvent(
            AuditAction.GRANT,
            who,
            String.join(" ", asking.names()),
            "request %s: %s".formatted(asking.id(), why),
            AuditOutcome.DENIED));
  }
}
