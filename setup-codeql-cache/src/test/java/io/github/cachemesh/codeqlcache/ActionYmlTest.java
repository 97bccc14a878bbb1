package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.codeql.Reason;
import io.github.cachemesh.core.workflow.GatedScan;
import io.github.cachemesh.core.workflow.RunningWorkflow;
import io.github.cachemesh.testkit.runner.PublishedAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ActionYmlTest {
  @Test
  void originalsInputsAndOutputsAreThere() throws IOException {
    PublishedAction action = PublishedAction.of(Path.of(""));

    assertThat(action.inputs())
        .contains("enable-caching", "cache-ttl", "github-token", "commit-sha");
    assertThat(action.outputs())
        .contains("cache-status", "should-skip-scan", "cached-result", "cache-dir");
  }

  @Test
  void everyInputAndOutputIsDescribedAndInTheReadme() throws IOException {
    assertThat(PublishedAction.of(Path.of("")).undocumented()).isEmpty();
  }

  @Test
  void everyReasonIsInTheReadme() throws IOException {
    String readme = PublishedAction.of(Path.of("")).readme();

    assertThat(Arrays.stream(Reason.values()).map(Reason::word))
        .allSatisfy(word -> assertThat(readme).contains("`" + word + "`"));
  }

  @Test
  void workflowOfTheReadmeIsUnderstood() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```yaml\n") + "```yaml\n".length();

    assertDeclared(readme.substring(start, readme.indexOf("```", start)));
  }

  @Test
  void exampleWorkflowIsUnderstood() throws Exception {
    assertDeclared(Files.readString(Path.of("..").resolve(Bench.WORKFLOW)));
  }

  private static void assertDeclared(String workflow) throws Exception {
    assertThat(
            GatedScan.find(
                RunningWorkflow.parse(workflow, Bench.WORKFLOW),
                "analyze",
                "codeql-cache",
                Map.of(
                    "languages", "actions",
                    "build-mode", "none",
                    "queries", "security-extended",
                    "category", "/language:actions",
                    "codeql-version", "2.25.6")))
        .isInstanceOf(GatedScan.Declared.class);
  }
}
