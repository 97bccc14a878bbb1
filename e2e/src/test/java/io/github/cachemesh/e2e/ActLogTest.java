package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ActLogTest {
  private static final ActLog LOG =
      ActLog.parse(
          """
          time="2026-11-22T12:00:00Z" level=info msg="Using docker host"
          {"msg":"main\\n","raw_output":true,"stage":"Main","stepID":["cache"]}
          {"command":"set-output","name":"stats-file","arg":"/first","msg":"","stage":"Main"}
          {"command":"set-output","name":"stats-file","arg":"/second","msg":"","stage":"Main"}
          {"msg":"4 requests\\n","raw_output":true,"stage":"Post","stepID":["cache"]}
          {"msg":"  Success - Post","stage":"Post","stepID":["cache"]}
          """);

  @Test
  void postIsWhatStepsPrintedAfterTheJob() {
    assertThat(LOG.post()).isEqualTo("4 requests");
  }

  @Test
  void lastValueOfAnOutputCounts() {
    assertThat(LOG.output("stats-file")).isEqualTo("/second");
  }

  @Test
  void outputThatNoStepHasSetIsNamed() {
    assertThatThrownBy(() -> LOG.output("api-url")).hasMessageContaining("api-url");
  }

  @Test
  void textHoldsEachMessage() {
    assertThat(LOG.text()).startsWith("main\n").endsWith("  Success - Post\n");
  }
}
