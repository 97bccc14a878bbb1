package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The two safety rules of {@link CacheDecision}, for any store, caller, policy and moment. */
class CacheDecisionPropertyTest {
  private static final List<String> NAMES = List.of("p0", "p1", "p2", "p3");

  private static Request request(String name, String accept, boolean head) {
    return Example.request(head ? "HEAD" : "GET", Example.FILE, accept, name);
  }

  /** A tag tells to whom it was given, but for git blobs, which are the same for all. */
  private static EntityTag tagOf(TagKind kind, String name, boolean byFormula) {
    return kind == TagKind.GIT_BLOB && !byFormula
        ? Example.tag(GitBlob.id(Example.BODY))
        : Example.tag("given-to-" + name);
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(NAMES);
  }

  @Provide
  Arbitrary<String> accepts() {
    return Arbitraries.of(Example.JSON, Example.RAW, "");
  }

  @Provide
  Arbitrary<List<Entry>> stores() {
    Arbitrary<TagKind> kinds = Arbitraries.of(TagKind.class);
    Arbitrary<Set<String>> proven = names().set().ofMaxSize(3);
    Arbitrary<Integer> ages = Arbitraries.integers().between(-600, 7_200);
    Arbitrary<Boolean> byFormula = Arbitraries.of(true, false);
    return Combinators.combine(accepts(), kinds, proven, ages, byFormula)
        .as(CacheDecisionPropertyTest::entry)
        .list()
        .ofMaxSize(5);
  }

  private static Entry entry(
      String accept, TagKind kind, Set<String> proven, int ageSeconds, boolean byFormula) {
    Proof[] proofs =
        proven.stream()
            .map(
                name ->
                    new Proof(
                        new Principal(name),
                        tagOf(kind, name, byFormula),
                        Example.NOW.minusSeconds(ageSeconds)))
            .toArray(Proof[]::new);
    return Example.entry(request("writer", accept, false), kind, proofs);
  }

  @Property
  void nothingGoesOutToWhomGitHubDidNotVouchFor(
      @ForAll("stores") List<Entry> store,
      @ForAll("names") String name,
      @ForAll("accepts") String accept,
      @ForAll boolean head,
      @ForAll boolean etagFormula,
      @ForAll CachePolicy.Freshness freshness,
      @ForAll FormulaSeen seen) {
    Request request = request(name, accept, head);
    Principal caller = new Principal(name);
    CachePolicy policy = Example.policy(freshness, etagFormula);

    CacheDecision decision =
        CacheDecision.before(request, caller, store, policy, seen.trust(request), Example.NOW);

    switch (decision) {
      case CacheDecision.ServeFresh(Entry entry, Duration age) -> {
        assertThat(freshness).isEqualTo(CachePolicy.Freshness.TTL);
        assertThat(entry.key()).isEqualTo(request.key());
        assertThat(entry.proofOf(caller)).isPresent();
        assertThat(age).isBetween(Duration.ZERO, Duration.ofMinutes(5));
      }
      case CacheDecision.Revalidate(Entry entry, Validator.Stored(EntityTag tag)) -> {
        assertThat(entry.key()).isEqualTo(request.key());
        if (!tag.equals(Example.tag("given-to-" + name))) {
          assertThat(entry.tagKind()).isEqualTo(TagKind.GIT_BLOB);
          assertThat(tag).isEqualTo(Example.tag(GitBlob.id(Example.BODY)));
        }
      }
      case CacheDecision.Revalidate(Entry entry, Validator.Computed _) -> {
        assertThat(etagFormula).isTrue();
        assertThat(entry.tagKind()).isNotEqualTo(TagKind.NONE);
      }
      case CacheDecision.GuessEmptyList _ -> assertThat(store).isEmpty();
      case CacheDecision.Forward _ -> {}
      case CacheDecision.ServeStale _ -> throw new AssertionError("stale before GitHub was asked");
    }
  }

  @Property(tries = 300)
  void nothingStaleGoesOutToWhomGitHubDidNotVouchFor(
      @ForAll("stores") List<Entry> store,
      @ForAll("names") String name,
      @ForAll("accepts") String accept) {
    Request request = request(name, accept, false);
    Principal caller = new Principal(name);
    CacheDecision.afterLimit(request, caller, store, Example.NOW)
        .ifPresent(
            stale -> {
              assertThat(stale.entry().key()).isEqualTo(request.key());
              assertThat(stale.entry().proofOf(caller)).isPresent();
            });
  }

  /** What an earlier 200 of the caller's class showed about the formula. */
  enum FormulaSeen {
    NEVER,
    HELD,
    FAILED;

    FormulaTrust trust(Request request) {
      FormulaTrust trust = new FormulaTrust();
      Request get = Example.request("GET", request.target(), request.key().accept(), "other");
      String formula = EtagFormula.compute(Vary.BY_ALL, get.fields(), Example.BODY);
      switch (this) {
        case NEVER -> {}
        case HELD -> trust.learn(get, Fields.of("ETag", '"' + formula + '"'), Example.BODY);
        case FAILED -> trust.learn(get, Fields.of("ETag", "\"surprise\""), Example.BODY);
      }
      return trust;
    }
  }
}
