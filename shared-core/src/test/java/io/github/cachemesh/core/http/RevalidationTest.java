package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.BOB;
import static io.github.cachemesh.core.http.Example.BODY;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.NOW;
import static io.github.cachemesh.core.http.Example.RAW;
import static io.github.cachemesh.core.http.Example.entry;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.proof;
import static io.github.cachemesh.core.http.Example.request;
import static io.github.cachemesh.core.http.Example.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevalidationTest {
  private static final Request REQUEST = get(ISSUES, "a");
  private static final String PAGE_2 = "<https://api.github.com/x?page=2>; rel=\"next\"";
  private static final String PAGE_3 = "<https://api.github.com/x?page=3>; rel=\"next\"";
  private static final Entry PLAIN =
      entry(REQUEST, TagKind.FORMULA, proof(ALICE, "alices", Duration.ofHours(1)));
  private static final Entry LINKED =
      entry(
          REQUEST,
          TagKind.FORMULA,
          Fields.of("Content-Type", "application/json", "Link", PAGE_2),
          proof(ALICE, "alices", Duration.ofHours(1)));

  @Nested
  class Links {

    @Test
    void entryWithALinkAndA304WithoutOneMustBeFetchedPlainly() {
      assertThat(Revalidation.leavesLinkOpen(LINKED, Fields.EMPTY)).isTrue();
    }

    @Test
    void linkOfThe304SettlesTheMatter() {
      assertThat(Revalidation.leavesLinkOpen(LINKED, Fields.of("link", PAGE_3))).isFalse();
    }

    @Test
    void entryWithoutALinkLeavesNothingOpen() {
      assertThat(Revalidation.leavesLinkOpen(PLAIN, Fields.EMPTY)).isFalse();
    }

    @Test
    void linkOfThe304IsServedAndKept() {
      Fields notModified = Fields.of("Link", PAGE_3);
      assertThat(Revalidation.fields(LINKED, notModified, tag("t")).all("Link"))
          .containsExactly(PAGE_3);
      Entry proven = Revalidation.proven(LINKED, REQUEST.key(), notModified, ALICE, tag("t"), NOW);
      assertThat(proven.fields().all("Link")).containsExactly(PAGE_3);
    }

    @Test
    void linkThatOnlyThe304HasIsTakenToo() {
      assertThat(Revalidation.fields(PLAIN, Fields.of("Link", PAGE_2), tag("t")).first("Link"))
          .contains(PAGE_2);
    }
  }

  @Nested
  class Tags {

    @Test
    void tagIsThatOfThe304() {
      assertThat(Revalidation.tag(Fields.of("ETag", "W/\"its\""), tag("sent")))
          .isEqualTo(new EntityTag(true, "its"));
    }

    @Test
    void tagIsTheOneSentWhereThe304HasNone() {
      assertThat(Revalidation.tag(Fields.EMPTY, tag("sent"))).isEqualTo(tag("sent"));
    }

    @Test
    void callerGetsItsOwnTagNeverAnothers() {
      Fields served = Revalidation.fields(PLAIN, Fields.of("ETag", "\"x\""), tag("bobs"));
      assertThat(served.all("ETag")).containsExactly("\"bobs\"");
    }

    @ParameterizedTest
    @CsvSource({
      "'\"current\"', true",
      "'W/\"current\"', true",
      "'\"other\", \"current\"', true",
      "'\"other\"', false",
      "current, false"
    })
    void clientHoldsItWhenItsConditionWeaklyEqualsItsTag(String condition, boolean holds) {
      Request request = get(ISSUES, "a", "If-None-Match", condition);
      assertThat(Revalidation.clientHoldsIt(request, Fields.of("ETag", "W/\"current\"")))
          .isEqualTo(holds);
    }

    @Test
    void clientWithoutAConditionHoldsNothing() {
      assertThat(Revalidation.clientHoldsIt(REQUEST, Fields.of("ETag", "\"t\""))).isFalse();
    }

    @Test
    void answerWithoutATagIsHeldByNobody() {
      Request request = get(ISSUES, "a", "If-None-Match", "\"\"");
      assertThat(Revalidation.clientHoldsIt(request, Fields.EMPTY)).isFalse();
    }
  }

  @Nested
  class Exchange {
    private final Fields notModified =
        Fields.of(
            "X-RateLimit-Remaining",
            "4999",
            "X-OAuth-Scopes",
            "repo",
            "Content-Length",
            "0",
            "Content-Type",
            "text/plain");

    @Test
    void fieldsOfTheExchangeGoToTheCaller() {
      assertThat(Revalidation.fields(PLAIN, notModified, tag("t")).first("X-RateLimit-Remaining"))
          .contains("4999");
    }

    @Test
    void fieldsOfTheBodyComeFromTheEntry() {
      Fields served = Revalidation.fields(PLAIN, notModified, tag("t"));
      assertThat(served.first("Content-Type")).contains("application/json");
      assertThat(served.has("Content-Length")).isFalse();
    }

    @Test
    void fieldsOfTheExchangeAreNotStored() {
      Entry proven = Revalidation.proven(PLAIN, REQUEST.key(), notModified, BOB, tag("t"), NOW);
      assertThat(proven.fields()).isEqualTo(PLAIN.fields());
    }
  }

  @Nested
  class Proofs {

    @Test
    void notModifiedProvesTheEntryForItsCaller() {
      Entry proven = Revalidation.proven(PLAIN, REQUEST.key(), Fields.EMPTY, BOB, tag("bobs"), NOW);
      assertThat(proven.proofs())
          .containsExactly(
              new Proof(BOB, tag("bobs"), NOW), proof(ALICE, "alices", Duration.ofHours(1)));
    }

    @Test
    void notModifiedInAnotherMediaTypeMakesAnEntryOfItsOwn() {
      RequestKey raw = request("GET", ISSUES, RAW, "b").key();
      Entry proven =
          Revalidation.proven(
              PLAIN,
              raw,
              Fields.of("X-GitHub-Media-Type", "github.v3; param=raw"),
              BOB,
              tag("b"),
              NOW);
      assertThat(proven.key()).isEqualTo(raw);
      assertThat(proven.proofs()).containsExactly(new Proof(BOB, tag("b"), NOW));
      assertThat(proven.fields().first("X-GitHub-Media-Type")).contains("github.v3; param=raw");
    }

    @ParameterizedTest
    @CsvSource({
      "401, true",
      "403, true",
      "404, true",
      "410, true",
      "451, true",
      "304, false",
      "500, false",
      "502, false"
    })
    void refusalTakesBackWhatWasVouchedFor(int status, boolean takesBack) {
      assertThat(Revalidation.takesBack(status)).isEqualTo(takesBack);
    }
  }

  @Nested
  class Storing {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-OAuth-Scopes",
          "X-Accepted-OAuth-Scopes",
          "X-OAuth-Client-Id",
          "X-RateLimit-Limit",
          "X-RateLimit-Remaining",
          "X-RateLimit-Reset",
          "X-RateLimit-Used",
          "X-RateLimit-Resource",
          "GitHub-Authentication-Token-Expiration",
          "Retry-After",
          "ETag",
          "Set-Cookie",
          "Location",
          "X-GitHub-Request-Id",
          "X-GitHub-SSO",
          "X-GitHub-OTP",
          "Date",
          "X-Unheard-Of"
        })
    void whatSpeaksOfTheCallerIsNotStored(String name) {
      Entry entry =
          Revalidation.stored(REQUEST, Fields.of(name, "\"v\""), BODY, TagKind.OPAQUE, ALICE, NOW);
      assertThat(entry.fields()).isEqualTo(Fields.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "Link", "Vary", "Cache-Control", "Last-Modified"})
    void whatSpeaksOfTheBodyIsStored(String name) {
      Entry entry =
          Revalidation.stored(REQUEST, Fields.of(name, "v"), BODY, TagKind.OPAQUE, ALICE, NOW);
      assertThat(entry.fields()).isEqualTo(Fields.of(name, "v"));
    }

    @Test
    void tagAndVaryOfThe200AreTheCallersProof() {
      Fields response = Fields.of("ETag", "W/\"t\"", "Vary", "Cookie");
      Entry entry = Revalidation.stored(REQUEST, response, BODY, TagKind.OPAQUE, ALICE, NOW);
      assertThat(entry.proofs()).containsExactly(new Proof(ALICE, new EntityTag(true, "t"), NOW));
      assertThat(entry.weakTag()).isTrue();
      assertThat(entry.vary()).isEqualTo(Vary.of(response));
      assertThat(entry.body()).isEqualTo(BodyDigest.of(BODY));
      assertThat(entry.bodyLength()).isEqualTo(BODY.length);
    }

    @Test
    void emptyListIsJsonUnderTheTagThatProvedIt() {
      Fields response =
          Revalidation.emptyList(
              Fields.of("X-RateLimit-Used", "1", "Content-Length", "0"), tag("guess"));
      assertThat(response)
          .isEqualTo(
              Fields.of(
                  "X-RateLimit-Used", "1",
                  "Content-Type", "application/json; charset=utf-8",
                  "ETag", "\"guess\""));
      assertThat(Revalidation.emptyListBody()).asString().isEqualTo("[]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429, X-Other, 1, true",
    "403, Retry-After, 60, true",
    "403, X-RateLimit-Remaining, 0, true",
    "403, X-RateLimit-Remaining, 12, false",
    "403, X-Other, 1, false",
    "404, X-RateLimit-Remaining, 0, false",
    "200, X-RateLimit-Remaining, 0, false",
    "503, Retry-After, 60, false"
  })
  void spentLimitIsToldFromARefusal(int status, String name, String value, boolean spent) {
    assertThat(Revalidation.limitIsSpent(status, Fields.of(name, value))).isEqualTo(spent);
  }
}
