package io.github.cachemesh.core.codeql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.core.git.Unfitness;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
  @Test
  void onlyTheFirstFourAreHits() {
    assertThat(Stream.of(Reason.values()).filter(Reason::isHit).map(Reason::word))
        .containsExactly("hit", "hit-partial", "hit-projected", "hit-merged-pr");
  }

  @ParameterizedTest
  @EnumSource
  void wordNamesItsReason(Reason reason) {
    assertThat(reason.word()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Reason.of(reason.word())).contains(reason);
  }

  @Test
  void wordsDoNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr", "TR"));
      assertThat(Reason.INVALID_SARIF.word()).isEqualTo("invalid-sarif");
      assertThat(Component.BUILD_RECIPE.word()).isEqualTo("build-recipe");
      assertThat(Language.of("ACTIONS")).contains(Language.ACTIONS);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyUnfitCheckoutHasAReason(Unfitness unfitness) {
    assertThat(Reason.of(unfitness).isHit()).isFalse();
  }

  @Test
  void hitIsNoReasonToRefuse() {
    assertThatThrownBy(() -> new Refusal(Reason.HIT, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
