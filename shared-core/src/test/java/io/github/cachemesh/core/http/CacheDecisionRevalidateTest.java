package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.BOB;
import static io.github.cachemesh.core.http.Example.BODY;
import static io.github.cachemesh.core.http.Example.FILE;
import static io.github.cachemesh.core.http.Example.FORMULA_OFF;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.JSON;
import static io.github.cachemesh.core.http.Example.NOW;
import static io.github.cachemesh.core.http.Example.RAW;
import static io.github.cachemesh.core.http.Example.REVALIDATE;
import static io.github.cachemesh.core.http.Example.decide;
import static io.github.cachemesh.core.http.Example.entry;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.proof;
import static io.github.cachemesh.core.http.Example.request;
import static io.github.cachemesh.core.http.Example.tag;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheDecisionRevalidateTest {
  private static final CacheDecision VARY_MISS =
      new CacheDecision.Forward(CacheDecision.Reason.VARY_MISS);
  private static final String BLOB = GitBlob.id(BODY);

  private static CacheDecision stored(Entry entry, String tag) {
    return new CacheDecision.Revalidate(entry, new Validator.Stored(tag(tag)));
  }

  private static CacheDecision computed(Entry entry) {
    return new CacheDecision.Revalidate(entry, new Validator.Computed(Vary.BY_ALL, false));
  }

  @Test
  void formulaTagIsComputedForAnotherPrincipal() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.FORMULA, proof(ALICE, "alices", Duration.ZERO));
    assertThat(decide(get(ISSUES, "b"), BOB, REVALIDATE, entry)).isEqualTo(computed(entry));
  }

  @Test
  void computedTagIsMadeFromTheCallersExactBytes() {
    Request request = get(ISSUES, "b", "Authorization", "token b");
    assertThat(new Validator.Computed(Vary.BY_ALL, true).tag(request.fields(), BODY))
        .isEqualTo(
            new EntityTag(
                true, BodyDigest.of((JSON + ":token b:" + new String(BODY)).getBytes()).hex()));
  }

  @Test
  void formulaTagIsComputedAcrossMediaTypes() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(request("GET", ISSUES, RAW, "b"), BOB, REVALIDATE, entry))
        .isEqualTo(computed(entry));
  }

  @Test
  void entryOfAnAnonymousCallerIsRevalidatedWithTheCallersCredential() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    Vary ofAnonymous = new Vary(Set.of(Vary.Input.ACCEPT));
    Entry anonymous =
        new Entry(
            entry.key(),
            entry.fields(),
            entry.body(),
            entry.bodyLength(),
            entry.tagKind(),
            entry.weakTag(),
            ofAnonymous,
            entry.storedAt(),
            entry.proofs());
    assertThat(decide(get(ISSUES, "b"), BOB, REVALIDATE, anonymous)).isEqualTo(computed(anonymous));
  }

  @Test
  void candidateWithoutAnyProofIsRevalidated() {
    Entry candidate = entry(get(ISSUES, "a"), TagKind.FORMULA);
    assertThat(decide(get(ISSUES, "b"), BOB, REVALIDATE, candidate)).isEqualTo(computed(candidate));
  }

  @Test
  void headIsRevalidatedAgainstTheEntryOfGet() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(request("HEAD", ISSUES, JSON, "a"), ALICE, REVALIDATE, entry))
        .isEqualTo(computed(entry));
  }

  @Test
  void storedTagServesItsOwnPrincipalInItsOwnMediaType() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.OPAQUE, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(get(ISSUES, "a"), ALICE, REVALIDATE, entry)).isEqualTo(stored(entry, "t"));
  }

  @Test
  void storedTagIsNotGivenToAnotherPrincipal() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.OPAQUE, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(get(ISSUES, "b"), BOB, REVALIDATE, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void storedTagIsNotSentInAnotherMediaType() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.OPAQUE, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(request("GET", ISSUES, RAW, "a"), ALICE, REVALIDATE, entry))
        .isEqualTo(VARY_MISS);
  }

  @Test
  void jsonOfAFileWithItsBlobAsTagServesOnlyTheSamePrincipal() {
    Request request = get(FILE, "a");
    String blobOfTheFile = "557db03de997c86a4a028e1ebd3a1ceb225be238";
    TagKind kind =
        new FormulaTrust().learn(request, Fields.of("ETag", '"' + blobOfTheFile + '"'), BODY);
    Entry entry = entry(request, kind, proof(ALICE, blobOfTheFile, Duration.ZERO));
    assertThat(decide(request, ALICE, REVALIDATE, entry)).isEqualTo(stored(entry, blobOfTheFile));
    assertThat(decide(get(FILE, "b"), BOB, REVALIDATE, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void rawFileWhoseBlobIsTheTagServesEveryPrincipalOfTheSameAccept() {
    Request request = request("GET", FILE, RAW, "a");
    TagKind kind = new FormulaTrust().learn(request, Fields.of("ETag", '"' + BLOB + '"'), BODY);
    Entry entry = entry(request, kind, proof(ALICE, BLOB, Duration.ZERO));
    assertThat(decide(request("GET", FILE, RAW, "b"), BOB, REVALIDATE, entry))
        .isEqualTo(stored(entry, BLOB));
  }

  @Test
  void rawFileDoesNotServeAnotherAccept() {
    Entry entry =
        entry(request("GET", FILE, RAW, "a"), TagKind.GIT_BLOB, proof(ALICE, BLOB, Duration.ZERO));
    assertThat(decide(get(FILE, "a"), ALICE, REVALIDATE, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void computedTagOfARawFileStaysWithItsPrincipal() {
    Request request = request("GET", FILE, RAW, "b");
    String alices = EtagFormula.compute(Vary.BY_ALL, get(FILE, "a").fields(), BODY);
    Entry entry = entry(request, TagKind.GIT_BLOB, proof(ALICE, alices, Duration.ZERO));
    assertThat(decide(request, BOB, REVALIDATE, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void entryWithoutATagCannotBeRevalidated() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.NONE, proof(ALICE, "", Duration.ZERO));
    assertThat(decide(get(ISSUES, "a"), ALICE, REVALIDATE, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void withoutTheFormulaOnlyTheStoredTagOfTheSamePrincipalIsSent() {
    Entry entry = entry(get(ISSUES, "a"), TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    assertThat(decide(get(ISSUES, "a"), ALICE, FORMULA_OFF, entry)).isEqualTo(stored(entry, "t"));
    assertThat(decide(get(ISSUES, "b"), BOB, FORMULA_OFF, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void withoutTheFormulaABlobServesOnlyTheSamePrincipal() {
    Request request = request("GET", FILE, RAW, "b");
    Entry entry = entry(request, TagKind.GIT_BLOB, proof(ALICE, BLOB, Duration.ZERO));
    assertThat(decide(request, BOB, FORMULA_OFF, entry)).isEqualTo(VARY_MISS);
  }

  @Test
  void whereTheFormulaWasSeenToFailTheStoredTagIsSent() {
    Request request = get(ISSUES, "a");
    FormulaTrust trust = new FormulaTrust();
    trust.learn(request, Fields.of("ETag", "\"surprise\""), BODY);
    Entry entry = entry(request, TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    assertThat(CacheDecision.before(request, ALICE, List.of(entry), REVALIDATE, trust, NOW))
        .isEqualTo(stored(entry, "t"));
    assertThat(CacheDecision.before(get(ISSUES, "b"), BOB, List.of(entry), REVALIDATE, trust, NOW))
        .isEqualTo(VARY_MISS);
  }

  @Test
  void varyComesFromTheLast200OfTheCallersClass() {
    Request request = get(ISSUES, "a");
    Vary byAccept = new Vary(Set.of(Vary.Input.ACCEPT));
    EntityTag given = new EntityTag(true, EtagFormula.compute(byAccept, request.fields(), BODY));
    FormulaTrust trust = new FormulaTrust();
    trust.learn(request, Fields.of("ETag", given.toString(), "Vary", "Accept"), BODY);
    Entry entry = entry(request, TagKind.FORMULA, proof(ALICE, "t", Duration.ZERO));
    assertThat(CacheDecision.before(request, ALICE, List.of(entry), REVALIDATE, trust, NOW))
        .isEqualTo(new CacheDecision.Revalidate(entry, new Validator.Computed(byAccept, true)));
  }

  @Test
  void callersOwnEntryIsPreferredToAnothersLaterOne() {
    Request request = get(ISSUES, "a");
    Entry own = entry(request, TagKind.FORMULA, proof(ALICE, "t", Duration.ofHours(2)));
    Entry others = entry(request, TagKind.FORMULA, proof(BOB, "u", Duration.ZERO));
    assertThat(decide(request, ALICE, REVALIDATE, others, own)).isEqualTo(computed(own));
  }

  @Test
  void entryThatCannotServeDoesNotHideOneThatCan() {
    Request request = get(ISSUES, "b");
    Entry opaque = entry(request, TagKind.OPAQUE, proof(ALICE, "t", Duration.ZERO));
    Entry formula = entry(request, TagKind.FORMULA, proof(ALICE, "u", Duration.ofHours(1)));
    assertThat(decide(request, BOB, REVALIDATE, opaque, formula)).isEqualTo(computed(formula));
  }

  @Test
  void clientsOwnConditionIsReplacedByOurs() {
    Request request = get(ISSUES, "b", "If-None-Match", "\"mine\"", "If-Modified-Since", "then");
    Entry entry = entry(request, TagKind.FORMULA);
    assertThat(decide(request, BOB, REVALIDATE, entry)).isEqualTo(computed(entry));
  }

  @Test
  void everyValidatorIsAnEntityTagNeverADate() {
    // A date would be answered wrongly by GitHub and leak across tokens.
    assertThat(Validator.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(Validator.Stored.class, Validator.Computed.class);
  }
}
