package io.github.cachemesh.core.service;

import io.github.cachemesh.core.audit.AuditAction;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.oidc.VerifiedToken;
import io.github.cachemesh.core.service.DeniedCredential.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Gives a job that proved itself what the policy grants it, from the store or from the App. Nothing
 * is handed out that is not in the audit log. Thread-safe; blocks.
 */
final class Provision {
  private final Supplier<Policy> policy;
  private final FromStore store;
  private final AppTokens app;
  private final AuditLog audit;
  private final ServiceMetrics metrics;

  Provision(
      Supplier<Policy> policy,
      FromStore store,
      AppTokens app,
      AuditLog audit,
      ServiceMetrics metrics) {
    this.policy = policy;
    this.store = store;
    this.app = app;
    this.audit = audit;
    this.metrics = metrics;
  }

  /**
   * Provides what was asked for.
   *
   * @return which the caller closes
   * @throws IOException when it cannot be logged; what was minted was ended
   */
  Exchanged provide(Asking.ForCredentials asking, VerifiedToken token) throws IOException {
    String who = Asker.job(token.claims());
    Map<String, Provided> provided = new LinkedHashMap<>();
    boolean whole = false;
    try {
      decide(asking.names(), token, who, provided);
      audit.append(events(asking, who, provided));
      whole = true;
    } finally {
      if (!whole) {
        provided.values().forEach(one -> one.given().ifPresent(app::discard));
      }
    }
    return answer(asking.names(), provided);
  }

  private void decide(
      List<String> names, VerifiedToken token, String who, Map<String, Provided> provided) {
    Policy rules = policy.get();
    Map<String, Grant> stored = new LinkedHashMap<>();
    for (String name : names) {
      switch (rules.decide(token.claims(), name)) {
        case Verdict.Refused refused ->
            provided.put(
                name,
                Provided.denied(name, Reason.NOT_GRANTED, AuditOutcome.DENIED, refused.reason()));
        case Verdict.Given(Grant grant, var _) when grant.app().isPresent() ->
            provided.put(name, app.mint(name, grant, grant.app().get(), who));
        case Verdict.Given(Grant grant, var _) -> stored.put(name, grant);
      }
    }
    if (!stored.isEmpty()) {
      provided.putAll(store.provide(stored, token));
    }
  }

  private static List<AuditEvent> events(
      Asking.ForCredentials asking, String who, Map<String, Provided> provided) {
    List<AuditEvent> events = new ArrayList<>();
    for (String name : asking.names()) {
      Provided one = Objects.requireNonNull(provided.get(name));
      String why = "request %s: %s".formatted(asking.id(), one.why());
      events.add(new AuditEvent(AuditAction.GRANT, who, name, why, one.outcome()));
    }
    return events;
  }

  private Exchanged answer(List<String> names, Map<String, Provided> provided) {
    List<GrantedCredential> granted = new ArrayList<>();
    List<DeniedCredential> denied = new ArrayList<>();
    for (String name : names) {
      switch (Objects.requireNonNull(provided.get(name))) {
        case Provided.Given(GrantedCredential credential, String _) -> {
          granted.add(credential);
          metrics.credential(ServiceMetrics.Credential.GRANTED);
        }
        case Provided.Denied(DeniedCredential denial, AuditOutcome _, String _) -> {
          denied.add(denial);
          metrics.credential(ServiceMetrics.Credential.denied(denial.reason()));
        }
      }
    }
    return new Exchanged(granted, denied);
  }
}
