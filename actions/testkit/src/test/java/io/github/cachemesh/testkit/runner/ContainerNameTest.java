package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContainerNameTest {
  @Test
  void anActionsContainerIsNamedAfterItsImage() {
    assertThat(ContainerName.ofAction("ghcr.io/cachemesh/setup-github-cache:v1"))
        .matches("ghcriocachemeshsetupgithubcachev1_[0-9a-f]{6}");
  }

  @Test
  void aNameStartsWithNoDigitOfTheImage() {
    assertThat(ContainerName.ofAction("127.0.0.1:5000/image")).matches("image_[0-9a-f]{6}");
  }

  @Test
  void aJobsContainerHasARandomNameBesides() {
    assertThat(ContainerName.ofJob("node:20")).matches("[0-9a-f]{32}_node20_[0-9a-f]{6}");
  }
}
