package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Two callers, a moment and a resource, of which the tests of this package speak. */
final class Example {
  static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  static final Principal ALICE = new Principal("alice");
  static final Principal BOB = new Principal("bob");
  static final String JSON = "application/vnd.github+json";
  static final String RAW = "application/vnd.github.raw+json";
  static final String ISSUES = "/repos/o/r/issues";
  static final String FILE = "/repos/o/r/contents/README.md";
  static final byte[] BODY = "[{\"number\":1}]".getBytes(UTF_8);

  static final CachePolicy REVALIDATE = policy(CachePolicy.Freshness.REVALIDATE, true);
  static final CachePolicy TTL = policy(CachePolicy.Freshness.TTL, true);
  static final CachePolicy FORMULA_OFF = policy(CachePolicy.Freshness.REVALIDATE, false);

  private Example() {}

  static CachePolicy policy(CachePolicy.Freshness freshness, boolean etagFormula) {
    return new CachePolicy(freshness, etagFormula, Duration.ofHours(1), _ -> Duration.ofMinutes(5));
  }

  /** A GET of the API in its JSON media type by the owner of that token. */
  static Request get(String target, String token, String... more) {
    return request("GET", target, JSON, token, more);
  }

  static Request request(
      String method, String target, String accept, String token, String... more) {
    Fields own = Fields.of("Accept", accept, "Authorization", "Bearer " + token);
    return new Request(method, "api.github.com", target, own.overriddenBy(Fields.of(more)));
  }

  static EntityTag tag(String opaque) {
    return new EntityTag(false, opaque);
  }

  static Proof proof(Principal principal, String tag, Duration age) {
    return new Proof(principal, tag(tag), NOW.minus(age));
  }

  /** An entry of {@link #BODY} under the key of that request. */
  static Entry entry(Request request, TagKind kind, Proof... proofs) {
    return entry(request, kind, Fields.of("Content-Type", "application/json"), proofs);
  }

  static Entry entry(Request request, TagKind kind, Fields fields, Proof... proofs) {
    return new Entry(
        request.key(),
        fields,
        BodyDigest.of(BODY),
        BODY.length,
        kind,
        false,
        Vary.BY_ALL,
        NOW.minus(Duration.ofDays(1)),
        List.of(proofs));
  }

  static CacheDecision decide(
      Request request, Principal caller, CachePolicy policy, Entry... entries) {
    return CacheDecision.before(request, caller, List.of(entries), policy, new FormulaTrust(), NOW);
  }
}
