package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.BOB;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.NOW;
import static io.github.cachemesh.core.http.Example.RAW;
import static io.github.cachemesh.core.http.Example.REVALIDATE;
import static io.github.cachemesh.core.http.Example.entry;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.proof;
import static io.github.cachemesh.core.http.Example.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.http.CacheDecision.ServeStale;
import io.github.cachemesh.core.http.CacheDecision.Staleness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheDecisionStaleTest {
  private static final Request REQUEST = get(ISSUES, "a");

  private static Entry aged(Duration age) {
    return entry(REQUEST, TagKind.FORMULA, proof(ALICE, "t", age));
  }

  private static Optional<ServeStale> afterFailure(Request request, Principal who, Entry entry) {
    return CacheDecision.afterFailure(request, who, List.of(entry), REVALIDATE, NOW);
  }

  private static Optional<ServeStale> afterLimit(Request request, Principal who, Entry entry) {
    return CacheDecision.afterLimit(request, who, List.of(entry), NOW);
  }

  @Test
  void entryWithinStaleIfErrorStandsInForGitHub() {
    Entry entry = aged(Duration.ofHours(1));
    assertThat(afterFailure(REQUEST, ALICE, entry))
        .contains(new ServeStale(entry, Staleness.UPSTREAM_FAILED, Duration.ofHours(1)));
  }

  @Test
  void entryBeyondStaleIfErrorDoesNot() {
    assertThat(afterFailure(REQUEST, ALICE, aged(Duration.ofHours(1).plusSeconds(1)))).isEmpty();
  }

  @Test
  void staleEntryIsServedWhenRateLimitIsSpent() {
    Entry entry = aged(Duration.ofDays(2));
    assertThat(afterLimit(REQUEST, ALICE, entry))
        .contains(new ServeStale(entry, Staleness.LIMIT_SPENT, Duration.ofDays(2)));
  }

  @Test
  void anotherPrincipalGetsNothingStale() {
    assertThat(afterFailure(REQUEST, BOB, aged(Duration.ZERO))).isEmpty();
    assertThat(afterLimit(REQUEST, BOB, aged(Duration.ZERO))).isEmpty();
  }

  @Test
  void anotherMediaTypeGetsNothingStale() {
    Request raw = request("GET", ISSUES, RAW, "a");
    assertThat(afterFailure(raw, ALICE, aged(Duration.ZERO))).isEmpty();
    assertThat(afterLimit(raw, ALICE, aged(Duration.ZERO))).isEmpty();
  }

  @Test
  void clientThatDemandsRevalidationGetsNothingStale() {
    Request noCache = get(ISSUES, "a", "Cache-Control", "no-cache");
    assertThat(afterFailure(noCache, ALICE, aged(Duration.ZERO))).isEmpty();
    assertThat(afterLimit(noCache, ALICE, aged(Duration.ZERO))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-cache", "private, must-revalidate"})
  void responseMayForbidStaleness(String cacheControl) {
    Entry entry =
        entry(
            REQUEST,
            TagKind.FORMULA,
            Fields.of("Cache-Control", cacheControl),
            proof(ALICE, "t", Duration.ZERO));
    assertThat(afterLimit(REQUEST, ALICE, entry)).isEmpty();
  }

  @Test
  void ageIsNeverBelowZero() {
    assertThat(afterLimit(REQUEST, ALICE, aged(Duration.ofSeconds(-5))).orElseThrow().age())
        .isZero();
  }
}
