package io.github.cachemesh.core.proxy;

import io.github.cachemesh.testkit.github.Fault;
import io.github.cachemesh.testkit.github.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What may happen to a node, in any order. */
sealed interface PrivacySteps {
  List<Token> TOKENS = List.of(Rig.ALICE, Rig.BOB, Rig.EVE);
  List<String> RESOURCES =
      List.of(
          Rig.PRIVATE,
          Rig.PRIVATE + "/issues/3",
          Rig.PRIVATE + "/contents/README.md",
          Rig.PUBLIC,
          Rig.PUBLIC + "/issues/3");

  record Read(Token token, String resource, Optional<Fault> fault) implements PrivacySteps {}

  /** Both ask before either is answered. */
  record ReadTogether(Token first, Token second, String resource) implements PrivacySteps {}

  record Write(Token token, String repository) implements PrivacySteps {}

  /** Somebody changes it without the node. */
  record Touch(String resource) implements PrivacySteps {}

  record SetPrivate(String repository, boolean isPrivate) implements PrivacySteps {}

  record Pass(Duration time) implements PrivacySteps {}

  record Restart() implements PrivacySteps {}

  /** Which tiers a node has. */
  enum Tiers {
    MEMORY,
    DISK,
    BOTH
  }

  static Arbitrary<List<PrivacySteps>> sequences() {
    Arbitrary<Token> token = Arbitraries.of(TOKENS);
    Arbitrary<String> resource = Arbitraries.of(RESOURCES);
    Arbitrary<String> repository = Arbitraries.of(Rig.PRIVATE, Rig.PUBLIC);
    Arbitrary<Optional<Fault>> fault =
        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 2))
            .map(
                number ->
                    switch (number) {
                      case 1 -> Optional.of(new Fault.Reset());
                      case 2 -> Optional.of(new Fault.Status(500));
                      default -> Optional.empty();
                    });
    Arbitrary<PrivacySteps> read = Combinators.combine(token, resource, fault).as(Read::new);
    Arbitrary<PrivacySteps> together =
        Combinators.combine(token, token, resource).as(ReadTogether::new);
    Arbitrary<PrivacySteps> write = Combinators.combine(token, repository).as(Write::new);
    Arbitrary<PrivacySteps> touch =
        Arbitraries.of(Rig.PRIVATE, Rig.PUBLIC, Rig.PRIVATE + "/issues/3").map(Touch::new);
    Arbitrary<PrivacySteps> visibility =
        Combinators.combine(
                Arbitraries.of("octo-org/secret", "octo-org/repo-1"), Arbitraries.of(true, false))
            .as(SetPrivate::new);
    Arbitrary<PrivacySteps> pass =
        Arbitraries.of(10, 40, 400).map(seconds -> new Pass(Duration.ofSeconds(seconds)));
    return Arbitraries.frequencyOf(
            Tuple.of(10, read),
            Tuple.of(2, together),
            Tuple.of(1, write),
            Tuple.of(2, touch),
            Tuple.of(2, visibility),
            Tuple.of(1, pass),
            Tuple.of(1, Arbitraries.just(new Restart())))
        .list()
        .ofMinSize(2)
        .ofMaxSize(14);
  }
}
