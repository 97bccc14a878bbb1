package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EntryPropertyTest {

  @Provide
  Arbitrary<List<Proof>> proofs() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 25), Arbitraries.longs().between(-100, 100))
        .as(
            (who, seconds) ->
                Example.proof(new Principal("p" + who), "t" + who, Duration.ofSeconds(seconds)))
        .list()
        .ofMaxSize(60);
  }

  private static void assertBound(Entry entry) {
    assertThat(entry.proofs()).hasSizeLessThanOrEqualTo(Entry.MAX_PROOFS);
    assertThat(entry.proofs()).extracting(Proof::principal).doesNotHaveDuplicates();
    assertThat(entry.proofs()).isSortedAccordingTo(Comparator.comparing(Proof::at).reversed());
  }

  @Property(tries = 300)
  void entryKeepsItsBoundHoweverItIsMade(@ForAll("proofs") List<Proof> proofs) {
    assertBound(
        Example.entry(Example.get("/x", "a"), TagKind.OPAQUE, proofs.toArray(new Proof[0])));
  }

  @Property(tries = 300)
  void entryKeepsItsBoundHoweverItIsProven(@ForAll("proofs") List<Proof> proofs) {
    Entry entry = Example.entry(Example.get("/x", "a"), TagKind.OPAQUE);
    for (Proof proof : proofs) {
      entry = entry.provenBy(proof);
      assertBound(entry);
    }
  }
}
