package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.BOB;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.RAW;
import static io.github.cachemesh.core.http.Example.REVALIDATE;
import static io.github.cachemesh.core.http.Example.TTL;
import static io.github.cachemesh.core.http.Example.decide;
import static io.github.cachemesh.core.http.Example.entry;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.proof;
import static io.github.cachemesh.core.http.Example.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDecisionFreshTest {
  private static final Request REQUEST = get(ISSUES, "a");
  private static final Entry ENTRY =
      entry(REQUEST, TagKind.FORMULA, proof(ALICE, "t", Duration.ofMinutes(2)));

  @Test
  void ttlServesThePrincipalThatGitHubVouchedTo() {
    assertThat(decide(REQUEST, ALICE, TTL, ENTRY))
        .isEqualTo(new CacheDecision.ServeFresh(ENTRY, Duration.ofMinutes(2)));
  }

  @Test
  void ttlServesHeadFromTheEntryOfGet() {
    assertThat(decide(request("HEAD", ISSUES, Example.JSON, "a"), ALICE, TTL, ENTRY))
        .isInstanceOf(CacheDecision.ServeFresh.class);
  }

  @Test
  void revalidateIsNeverFresh() {
    assertThat(decide(REQUEST, ALICE, REVALIDATE, ENTRY))
        .isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void anotherPrincipalIsNeverServedWithoutARoundTrip() {
    assertThat(decide(REQUEST, BOB, TTL, ENTRY)).isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void anotherAcceptIsNeverServedWithoutARoundTrip() {
    assertThat(decide(request("GET", ISSUES, RAW, "a"), ALICE, TTL, ENTRY))
        .isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void anotherApiVersionIsNeverServedWithoutARoundTrip() {
    assertThat(decide(get(ISSUES, "a", "X-GitHub-Api-Version", "2022-11-28"), ALICE, TTL, ENTRY))
        .isInstanceOf(CacheDecision.Revalidate.class);
  }

  @ParameterizedTest
  @CsvSource({"299, true", "300, false"})
  void timeToLiveEndsAtItsLastSecond(long ageSeconds, boolean fresh) {
    Entry entry =
        entry(REQUEST, TagKind.FORMULA, proof(ALICE, "t", Duration.ofSeconds(ageSeconds)));
    assertThat(decide(REQUEST, ALICE, TTL, entry) instanceof CacheDecision.ServeFresh)
        .isEqualTo(fresh);
  }

  @Test
  void timeToLiveIsThatOfTheRoute() {
    List<String> asked = new ArrayList<>();
    CachePolicy byRoute =
        new CachePolicy(
            CachePolicy.Freshness.TTL,
            true,
            Duration.ZERO,
            operation -> {
              asked.add(operation);
              return Duration.ZERO;
            });
    Request runs = get("/repos/o/r/actions/runs", "a");
    decide(runs, ALICE, byRoute, entry(runs, TagKind.FORMULA));
    assertThat(asked).containsExactly("get_workflow_runs");
  }

  @ParameterizedTest
  @CsvSource({
    "Cache-Control, no-cache",
    "Cache-Control, NO-CACHE",
    "Cache-Control, max-age=0",
    "Cache-Control, max-age=120",
    "Cache-Control, max-age=nonsense",
    "Cache-Control, max-age=-1",
    "Pragma, no-cache",
    "Pragma, No-Cache"
  })
  void clientMayDemandAnAnswerOfNow(String name, String value) {
    assertThat(decide(get(ISSUES, "a", name, value), ALICE, TTL, ENTRY))
        .isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void clientsMaxAgeNeverProlongsTheTimeToLive() {
    Entry old = entry(REQUEST, TagKind.FORMULA, proof(ALICE, "t", Duration.ofMinutes(6)));
    assertThat(decide(get(ISSUES, "a", "Cache-Control", "max-age=3600"), ALICE, TTL, old))
        .isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void pragmaYieldsToCacheControl() {
    Request both = get(ISSUES, "a", "Pragma", "no-cache", "Cache-Control", "max-age=600");
    assertThat(decide(both, ALICE, TTL, ENTRY)).isInstanceOf(CacheDecision.ServeFresh.class);
  }

  @Test
  void proofFromTheFutureIsNotFresh() {
    Entry future = entry(REQUEST, TagKind.FORMULA, proof(ALICE, "t", Duration.ofMinutes(-1)));
    assertThat(decide(REQUEST, ALICE, TTL, future)).isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void responseThatForbidsReuseIsNotFresh() {
    Entry guarded =
        entry(
            REQUEST,
            TagKind.FORMULA,
            Fields.of("Cache-Control", "private, no-cache"),
            proof(ALICE, "t", Duration.ofMinutes(1)));
    assertThat(decide(REQUEST, ALICE, TTL, guarded)).isInstanceOf(CacheDecision.Revalidate.class);
  }

  @Test
  void entryWithoutATagIsFreshForItsOwnPrincipal() {
    Entry untagged = entry(REQUEST, TagKind.NONE, proof(ALICE, "", Duration.ofMinutes(1)));
    assertThat(decide(REQUEST, ALICE, TTL, untagged)).isInstanceOf(CacheDecision.ServeFresh.class);
  }

  @Test
  void whatGitHubVouchedForLastIsServed() {
    Entry newer =
        new Entry(
            REQUEST.key(),
            Fields.EMPTY,
            BodyDigest.of(new byte[] {1}),
            1,
            TagKind.FORMULA,
            false,
            Vary.BY_ALL,
            Example.NOW,
            List.of(proof(ALICE, "u", Duration.ofMinutes(1))));
    assertThat(decide(REQUEST, ALICE, TTL, ENTRY, newer))
        .isEqualTo(new CacheDecision.ServeFresh(newer, Duration.ofMinutes(1)));
  }
}
