package io.github.cachemesh.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class NodePackagesTest {
  @Test
  void versionsMustBeExact() {
    assumeTrue(ClientProcess.find("npm").isPresent(), "There is no npm on PATH");
    assertThatThrownBy(() -> NodePackages.install("octokit@latest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("octokit@latest");
  }

  @Test
  void missingClientSaysWhy() {
    Availability<Integer> missing = new Availability.Missing<>("no such thing");
    assertThat(missing.map(number -> number + 1).reason()).isEqualTo("no such thing");
    assertThatThrownBy(missing::get).hasMessage("no such thing");
  }
}
