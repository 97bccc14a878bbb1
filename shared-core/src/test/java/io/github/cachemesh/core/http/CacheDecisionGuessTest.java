package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.FORMULA_OFF;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.JSON;
import static io.github.cachemesh.core.http.Example.NOW;
import static io.github.cachemesh.core.http.Example.REVALIDATE;
import static io.github.cachemesh.core.http.Example.decide;
import static io.github.cachemesh.core.http.Example.entry;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheDecisionGuessTest {
  private static final CacheDecision FORWARD =
      new CacheDecision.Forward(CacheDecision.Reason.URI_MISS);

  @Test
  void withNothingStoredTheEmptyListIsGuessed() {
    String expected = BodyDigest.of((JSON + ":Bearer a:[]").getBytes(UTF_8)).hex();
    assertThat(decide(get(ISSUES, "a"), ALICE, REVALIDATE))
        .isEqualTo(new CacheDecision.GuessEmptyList(Example.tag(expected)));
  }

  @Test
  void withSomethingStoredNothingIsGuessed() {
    Request request = get(ISSUES, "a");
    assertThat(decide(request, ALICE, REVALIDATE, entry(request, TagKind.NONE)))
        .isEqualTo(new CacheDecision.Forward(CacheDecision.Reason.VARY_MISS));
  }

  @ParameterizedTest
  @CsvSource({"If-None-Match, '\"mine\"'", "If-Modified-Since, 'Thu, 01 Jan 2026 00:00:00 GMT'"})
  void clientsOwnConditionIsForwardedWithoutAGuess(String name, String value) {
    assertThat(decide(get(ISSUES, "a", name, value), ALICE, REVALIDATE)).isEqualTo(FORWARD);
  }

  @Test
  void headIsNotGuessed() {
    assertThat(decide(request("HEAD", ISSUES, JSON, "a"), ALICE, REVALIDATE)).isEqualTo(FORWARD);
  }

  @Test
  void anonymousRequestIsNotGuessedSinceIts304WouldBeCharged() {
    Request anonymous = new Request("GET", "api.github.com", ISSUES, Fields.of("Accept", JSON));
    assertThat(decide(anonymous, Principal.ANONYMOUS, REVALIDATE)).isEqualTo(FORWARD);
  }

  @Test
  void withoutTheFormulaNothingIsGuessed() {
    assertThat(decide(get(ISSUES, "a"), ALICE, FORMULA_OFF)).isEqualTo(FORWARD);
  }

  @Test
  void whereTheFormulaWasSeenToFailNothingIsGuessed() {
    Request request = get(ISSUES, "a");
    FormulaTrust trust = new FormulaTrust();
    trust.learn(request, Fields.of("ETag", "\"surprise\""), Example.BODY);
    assertThat(CacheDecision.before(request, ALICE, List.of(), REVALIDATE, trust, NOW))
        .isEqualTo(FORWARD);
  }
}
