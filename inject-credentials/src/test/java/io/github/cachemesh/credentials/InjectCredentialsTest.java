package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the action as a process; the emulator fails each job that leaks what was masked. */
class InjectCredentialsTest {
  private static final String[] ECHO = {"sh", "-c", "echo first line; echo '  second line'"};

  @TempDir Path temp;

  @Test
  void nothingIsInjectedAndOneWarningSaysSo() throws Exception {
    JobResult job =
        run(
            Map.of(
                "credentials",
                """
                [{"name": "API_KEY", "value": "s3cr3t-value", "scope": "repo", "ttl_hours": 24}]
                """,
                "credential-names",
                "DEPLOY_KEY, OTHER_KEY"));

    assertThat(job.succeeded()).as(job.log()).isTrue();
    assertOutcome(job.step("inject"), "skipped");
    assertThat(job.step("inject").issues()).hasSize(1);
    assertThat(job.step("inject").messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("None of 3 credentials", "'env:'");
    assertThat(job.env()).isEmpty();
    assertThat(job.post("inject").log()).isEmpty();
  }

  @Test
  void everyLineOfAValueIsMaskedForTheStepsThatFollow() throws Exception {
    Job job =
        job(Map.of(
                "credentials", "[{\"name\": \"KEY\", \"value\": \"first line\\nsecond line\"}, 1]"))
            .run("print", Condition.ALWAYS, Map.of(), ECHO);

    assertThat(EmulatedRunner.in(temp).run(job).step("print").log())
        .doesNotContain("first line", "second line");
  }

  @Test
  void nothingAskedForIsNoReasonToWarn() throws Exception {
    StepResult step = run(Map.of()).step("inject");

    assertThat(step.succeeded()).isTrue();
    assertOutcome(step, "empty");
    assertThat(step.issues()).isEmpty();
  }

  @Test
  void malformedJsonFailsTheStepWithOneErrorThatDoesNotQuoteIt() throws Exception {
    StepResult step = run(Map.of("credentials", "[{\"value\": hunter2")).step("inject");

    assertFailed(step, "Input 'credentials'");
    assertThat(step.log()).doesNotContain("hunter2");
  }

  @Test
  void missingTokenFailsTheStep() throws Exception {
    assertFailed(run(Map.of("github-token", "")).step("inject"), "Input 'github-token'");
  }

  private static void assertFailed(StepResult step, String reason) {
    assertThat(step.exitCode()).isEqualTo(1);
    assertOutcome(step, "error");
    assertThat(step.issues()).hasSize(1);
    assertThat(step.messages(Level.ERROR)).singleElement().asString().contains(reason);
  }

  private static void assertOutcome(StepResult step, String status) {
    assertThat(step.outputs())
        .containsExactlyInAnyOrderEntriesOf(Map.of("credentials-injected", "0", "status", status));
  }

  private JobResult run(Map<String, String> with) throws IOException, InterruptedException {
    return EmulatedRunner.in(temp).run(job(with));
  }

  private static Job job(Map<String, String> with) throws IOException {
    Map<String, String> inputs = new HashMap<>(Map.of("github-token", "${{ github.token }}"));
    inputs.putAll(with);
    EmulatedAction action =
        EmulatedAction.of(Path.of("action.yml"), JvmActionLauncher.ofThisJvm(Main.class.getName()));
    return Job.named("deploy").githubToken("ghs_0123456789").uses("inject", action, inputs);
  }
}
