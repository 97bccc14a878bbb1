package io.github.cachemesh.testkit.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DockerStateTest {
  private static final DockerState BEFORE =
      new DockerState(Set.of("a"), Set.of("bridge"), Set.of(), Set.of("job:1"));

  @Test
  void whatWasThereBeforeIsNotLeftBehind() {
    assertThat(BEFORE.minus(BEFORE).isEmpty()).isTrue();
  }

  @Test
  void whatIsGoneIsNotLeftBehind() {
    DockerState after = new DockerState(Set.of(), Set.of("bridge"), Set.of(), Set.of());
    assertThat(after.minus(BEFORE).isEmpty()).isTrue();
  }

  @Test
  void eachKindIsComparedWithItsOwn() {
    DockerState after =
        new DockerState(Set.of("a", "bridge"), Set.of("a"), Set.of("job:1"), Set.of("b"));
    assertThat(after.minus(BEFORE))
        .isEqualTo(new DockerState(Set.of("bridge"), Set.of("a"), Set.of("job:1"), Set.of("b")));
  }
}
