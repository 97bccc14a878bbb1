package io.github.cachemesh.codeqlcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SetupCodeqlCacheTest {
  @TempDir Path temp;

  @Test
  void scanIsNeverSkippedAndOneNoticeSaysSo() throws Exception {
    JobResult job = run(Map.of("github-token", "${{ github.token }}"));

    assertThat(job.succeeded()).as(job.log()).isTrue();
    assertScans(job.step("codeql"), "disabled");
    assertThat(job.step("codeql").issues()).hasSize(1);
    assertThat(job.step("codeql").messages(Level.NOTICE))
        .singleElement()
        .asString()
        .contains("never skips a scan");
    assertThat(job.post("codeql").log()).isEmpty();
  }

  @Test
  void whoDisablesItIsNotNotified() throws Exception {
    StepResult step = run(Map.of("enable-caching", "false")).step("codeql");

    assertThat(step.succeeded()).isTrue();
    assertScans(step, "disabled");
    assertThat(step.issues()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "enable-caching, yes",
    "cache-ttl, 0",
    "cache-ttl, 2592001",
    "commit-sha, main",
    "commit-sha, 0000000"
  })
  void wrongInputIsNamedInOneErrorAndTheScanRuns(String input, String value) throws Exception {
    StepResult step = run(Map.of(input, value)).step("codeql");

    assertThat(step.succeeded()).as("a cache fails no job").isTrue();
    assertScans(step, "error");
    assertThat(step.issues()).hasSize(1);
    assertThat(step.messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains("Input '" + input + "'");
  }

  private static void assertScans(StepResult step, String cacheStatus) {
    assertThat(step.outputs())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "cache-status", cacheStatus,
                "should-skip-scan", "false",
                "cached-result", "",
                "cache-dir", ""));
  }

  private JobResult run(Map<String, String> with) throws IOException, InterruptedException {
    EmulatedAction action =
        EmulatedAction.of(Path.of("action.yml"), JvmActionLauncher.ofThisJvm(Main.class.getName()));
    return EmulatedRunner.in(temp)
        .run(Job.named("scan").githubToken("ghs_0123456789").uses("codeql", action, with));
  }
}
