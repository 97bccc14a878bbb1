package io.github.cachemesh.core.http;

import static io.github.cachemesh.core.http.Example.ALICE;
import static io.github.cachemesh.core.http.Example.BOB;
import static io.github.cachemesh.core.http.Example.ISSUES;
import static io.github.cachemesh.core.http.Example.NOW;
import static io.github.cachemesh.core.http.Example.get;
import static io.github.cachemesh.core.http.Example.proof;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EntryTest {
  private static final Request REQUEST = get(ISSUES, "a");

  private static Entry with(Proof... proofs) {
    return Example.entry(REQUEST, TagKind.OPAQUE, proofs);
  }

  @Test
  void laterProofReplacesTheOlderOneOfItsPrincipal() {
    Proof later = proof(ALICE, "new", Duration.ZERO);
    assertThat(with(proof(ALICE, "old", Duration.ofHours(1))).provenBy(later).proofs())
        .containsExactly(later);
  }

  @Test
  void entryMadeWithTwoProofsOfOnePrincipalKeepsTheLatest() {
    Proof later = proof(ALICE, "new", Duration.ZERO);
    assertThat(with(proof(ALICE, "old", Duration.ofHours(1)), later).proofs())
        .containsExactly(later);
  }

  @Test
  void disprovingTakesBackOnlyThatPrincipalsProof() {
    Proof bobs = proof(BOB, "b", Duration.ZERO);
    assertThat(with(proof(ALICE, "a", Duration.ZERO), bobs).disprovenFor(ALICE).proofs())
        .containsExactly(bobs);
  }

  @Test
  void oldestProofGoesFirst() {
    Entry entry = with(proof(ALICE, "a", Duration.ofDays(1)));
    for (int i = 0; i < Entry.MAX_PROOFS; i++) {
      entry = entry.provenBy(proof(new Principal("p" + i), "t", Duration.ofMinutes(i)));
    }
    assertThat(entry.proofs()).hasSize(Entry.MAX_PROOFS);
    assertThat(entry.proofOf(ALICE)).isEmpty();
  }

  @Test
  void entryWithoutProofsWasProvenWhenItWasStored() {
    assertThat(with().lastProvenAt()).isEqualTo(with().storedAt());
    assertThat(with(proof(BOB, "b", Duration.ZERO)).lastProvenAt()).isEqualTo(NOW);
  }

  @Test
  void bodyVouchedForInAnotherMediaTypeStandsOnThatProofAlone() {
    RequestKey raw = Example.request("GET", ISSUES, Example.RAW, "b").key();
    Proof bobs = proof(BOB, "b", Duration.ZERO);
    Entry other = with(proof(ALICE, "a", Duration.ZERO)).as(raw, Fields.EMPTY, bobs);
    assertThat(other.key()).isEqualTo(raw);
    assertThat(other.proofs()).containsExactly(bobs);
    assertThat(other.tagKind()).isEqualTo(TagKind.FORMULA);
  }

  @Test
  void entriesOfOneResourceAreToldApartByMediaTypeAndBody() {
    assertThat(with().id()).isEqualTo(new Entry.Id(REQUEST.key(), BodyDigest.of(Example.BODY)));
  }
}
