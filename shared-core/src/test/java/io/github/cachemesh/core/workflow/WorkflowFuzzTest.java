package io.github.cachemesh.core.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a workflow holds, it is understood or refused in one line, and in bounded time. */
class WorkflowFuzzTest {
  @FuzzTest(maxDuration = "15s")
  void anyTextIsJudgedOrRefused(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    try {
      GatedScan found = Workflows.find(text);
      switch (found) {
        case GatedScan.Declared declared ->
            assertThat(declared.actionSha()).matches("[0-9a-f]{40}");
        case GatedScan.Undeclared(String why) -> assertOneLine(why);
        case GatedScan.Unpinned(String why) -> assertOneLine(why);
      }
    } catch (InvalidWorkflowException e) {
      assertOneLine(String.valueOf(e.getMessage()));
    }
  }

  private static void assertOneLine(String why) {
    assertThat(why).startsWith(Workflows.PATH).hasSizeLessThan(600);
    assertThat(why.lines()).hasSize(1);
  }
}
