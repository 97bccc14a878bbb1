package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditOutcome;
import java.util.Optional;

/**
 * What is had for one name: the credential or why not, and for the audit log how it ended and why.
 */
sealed interface Provided {
  AuditOutcome outcome();

  String why();

  record Given(GrantedCredential credential, String why) implements Provided {
    @Override
    public AuditOutcome outcome() {
      return AuditOutcome.DONE;
    }
  }

  record Denied(DeniedCredential denied, AuditOutcome outcome, String why) implements Provided {}

  static Provided denied(
      String name, DeniedCredential.Reason reason, AuditOutcome outcome, String why) {
    return new Denied(new DeniedCredential(name, reason), outcome, why);
  }

  static Provided unavailable(String name, String why) {
    return denied(name, DeniedCredential.Reason.UNAVAILABLE, AuditOutcome.FAILED, why);
  }

  /** The credential, where it is given. */
  default Optional<GrantedCredential> given() {
    return this instanceof Given(GrantedCredential credential, String _)
        ? Optional.of(credential)
        : Optional.empty();
  }
}
