package io.github.cachemesh.core.service;

import io.github.cachemesh.core.oidc.TokenClaims;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a policy would say, for whoever writes one. Immutable.
 *
 * @param subject the credential, or the grant and what it names
 * @param given by which grant, how and for how long; empty when it would not be
 * @param objections why the grants before that one would not give it, or all of them
 */
public record Rehearsal(String subject, Optional<String> given, List<String> objections) {
  public Rehearsal {
    objections = List.copyOf(objections);
  }

  static Rehearsal of(Policy policy, TokenClaims claims, String name) {
    Verdict verdict = policy.decide(claims, name);
    Optional<String> given =
        verdict instanceof Verdict.Given(Grant grant, var _)
            ? Optional.of(terms(grant))
            : Optional.empty();
    return new Rehearsal(
        name, given, verdict.objections().stream().map(Objection::toString).toList());
  }

  static Rehearsal of(Grant grant, TokenClaims claims) {
    Optional<Objection> objection = grant.objection(claims);
    return new Rehearsal(
        "%s %s".formatted(grant.id(), grant.what()),
        objection.isEmpty() ? Optional.of(terms(grant)) : Optional.empty(),
        objection.map(Objection::toString).stream().toList());
  }

  private static String terms(Grant grant) {
    String source =
        grant
            .app()
            .map(app -> ", minted: %s in %s".formatted(app.permissions(), app.repositories()))
            .orElse("");
    return "grant %s: %s, for %d s%s"
        .formatted(
            grant.id(),
            grant.export().name().toLowerCase(Locale.ROOT),
            grant.lasts().toSeconds(),
            source);
  }
}
