package io.github.cachemesh.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class AdminTokenTest {
  private final AdminToken token = AdminToken.random(new SecureRandom());

  @Test
  void onlyTheWholeTokenIsAccepted() {
    String whole = token.authorization();
    assertThat(token.isCarriedBy(whole)).isTrue();
    assertThat(token.isCarriedBy(whole.substring(0, whole.length() - 1))).isFalse();
    assertThat(token.isCarriedBy(whole + "0")).isFalse();
    assertThat(token.isCarriedBy(whole.substring("Bearer ".length()))).isFalse();
    assertThat(token.isCarriedBy("")).isFalse();
  }

  @Test
  void twoTokensDiffer() {
    assertThat(AdminToken.random(new SecureRandom()).secret()).isNotEqualTo(token.secret());
  }

  @Test
  void tokenHas256BitsAndIsNotShown() {
    assertThat(token.secret()).matches("[0-9a-f]{64}");
    assertThat(token.toString()).doesNotContain(token.secret());
  }
}
