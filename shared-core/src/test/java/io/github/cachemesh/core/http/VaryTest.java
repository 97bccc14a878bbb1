package io.github.cachemesh.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VaryTest {

  @Test
  void namesAreReadWithoutCaseOverAllLines() {
    assertThat(Vary.of(Fields.of("vary", "accept, X-GitHub-OTP", "Vary", "COOKIE")).inputs())
        .containsExactlyInAnyOrder(Vary.Input.ACCEPT, Vary.Input.COOKIE);
  }

  @Test
  void acceptEncodingIsNotAccept() {
    assertThat(Vary.of(Fields.of("Vary", "Accept-Encoding")).inputs()).isEmpty();
  }

  @Test
  void absentVaryCountsEverything() {
    assertThat(Vary.of(Fields.EMPTY)).isEqualTo(Vary.BY_ALL);
  }

  @Test
  void starCountsEverything() {
    assertThat(Vary.of(Fields.of("Vary", "Accept, *"))).isEqualTo(Vary.BY_ALL);
  }

  @Test
  void whatAnAnonymousAnswerVariesByIsCompletedWithTheCredentials() {
    Vary anonymous = Vary.of(Fields.of("Vary", "Accept, Accept-Encoding"));

    assertThat(anonymous.andCredentials()).isEqualTo(Vary.BY_ALL);
  }
}
