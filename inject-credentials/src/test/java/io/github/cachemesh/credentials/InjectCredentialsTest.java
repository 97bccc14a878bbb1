package io.github.cachemesh.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.service.Export;
import io.github.cachemesh.core.service.Released;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Flavour;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.JvmActionLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator fails each job that leaks what was masked. */
class InjectCredentialsTest {
  private static final String GIVEN =
      """
      [{"name": "API_KEY", "value": "s3cr3t-value", "scope": "repo", "ttl_hours": 24}]
      """;

  @TempDir Path temp;
  private final Bench bench = new Bench();

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void originalsFormReachesTheStepsAndIsBlankedAtTheEnd(Flavour flavour) throws Exception {
    Job job =
        bench
            .with("credentials", GIVEN)
            .job()
            .allowSecretsIn("variable 'API_KEY' of step 'inject'")
            .run("use", "sh", "-c", "test \"$API_KEY\" = s3cr3t-value && echo $API_KEY");

    JobResult result = EmulatedRunner.in(temp).flavour(flavour).run(job);

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertOutcome(result.step("inject"), 1, "success");
    assertThat(result.step("use").log()).isEqualTo("***\n");
    assertThat(result.env()).containsEntry("API_KEY", "");
    assertThat(result.post("inject").log())
        .contains("Blanked: API_KEY.", "Nothing ends with the job of: API_KEY.");
  }

  @Test
  void summarySaysWhatTheJobHasUntilWhenAndFromWhere() throws Exception {
    bench.with("credential-names", "TOKEN").has("TOKEN", "s3cr3t-value");

    StepResult step = run().step("inject");

    assertThat(step.summary())
        .contains("| TOKEN | variable TOKEN | from a test | until 2026-11-22T11:00:00Z |")
        .contains("not revocable");
    assertThat(step.log()).contains("TOKEN, variable TOKEN, from a test");
  }

  @Test
  void outputIsThereForTheStepsThatNameIt() throws Exception {
    bench.with("credential-names", "TOKEN").with("export", "output").with("prefix", "X_");
    Job job =
        bench
            .has("TOKEN", "s3cr3t\nvalue")
            .job()
            .allowSecretsIn("output 'X_TOKEN' of step 'inject'")
            .run(
                "use",
                Condition.SUCCESS,
                Map.of("GIVEN", "${{ steps.inject.outputs.X_TOKEN }}"),
                "sh",
                "-c",
                "test \"$GIVEN\" = 's3cr3t\nvalue'");

    JobResult result = EmulatedRunner.in(temp).run(job);

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.env()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void fileIsTheRunnersAndGoesWithTheJob(Flavour flavour) throws Exception {
    byte[] value = "s3cr3t\r\nvalue\n".getBytes(StandardCharsets.UTF_8);
    bench.with("credential-names", "KEY").has("KEY", value, Export.FILE, null);
    Job job =
        bench
            .job()
            .run(
                "use",
                Condition.SUCCESS,
                Map.of("PATH_OF_OUTPUT", "${{ steps.inject.outputs.KEY }}"),
                "sh",
                "-c",
                "stat -c '%a %u' \"$KEY\" \"$(dirname $KEY)\" && wc -c <\"$KEY\" &&"
                    + " test \"$KEY\" = \"$PATH_OF_OUTPUT\"");
    EmulatedRunner runner = EmulatedRunner.in(temp).flavour(flavour);

    JobResult result = runner.run(job);

    assertThat(result.succeeded()).as(result.log()).isTrue();
    String user = System.getProperty("user.name").equals("root") ? "0" : "\\d+";
    assertThat(result.step("use").log()).matches("600 %s\n700 %s\n14\n".formatted(user, user));
    assertThat(result.step("inject").outputs().get("KEY"))
        .startsWith(runner.folders().temp() + "/cachemesh-credentials-");
    assertThat(result.env()).containsEntry("KEY", "");
  }

  @Test
  void leasesAreGivenBackAtTheEndAlsoAfterAFailure() throws Exception {
    bench.with("credential-names", "TOKEN").has("TOKEN", bytes(), Export.ENV, "lease-of-TOKEN");
    Job job = bench.job().allowSecretsIn("variable 'TOKEN' of step 'inject'").run("fail", "false");

    JobResult result = EmulatedRunner.in(temp).run(job);

    assertThat(bench.released()).extracting("text").containsExactly("lease-of-TOKEN");
    assertThat(result.post("inject").log())
        .contains("Revoked: 1 of 1 leases.")
        .doesNotContain("Nothing ends");
    assertThat(result.env()).containsEntry("TOKEN", "");
  }

  @ParameterizedTest
  @EnumSource(
      value = Released.class,
      names = {"FAILED", "UNKNOWN"})
  void leaseThatIsNotRevokedIsAWarning(Released outcome) throws Exception {
    bench.with("credential-names", "TOKEN").has("TOKEN", bytes(), Export.ENV, "lease-of-TOKEN");
    bench.releases(outcome);

    JobResult result =
        EmulatedRunner.in(temp)
            .run(bench.job().allowSecretsIn("variable 'TOKEN' of step 'inject'"));

    assertThat(result.post("inject").messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("live until they expire", "1 of them could not be revoked");
    assertThat(result.succeeded()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Flavour.class)
  void eachUseTakesBackItsOwn(Flavour flavour) throws Exception {
    Job job = bench.with("credential-names", "A").has("A", "s3cr3t-one").job();
    Bench second = new Bench().with("credential-names", "B").has("B", "s3cr3t-two");
    second
        .addTo(job, "again")
        .allowSecretsIn("variable 'A' of step 'inject'")
        .allowSecretsIn("variable 'B' of step 'again'");

    JobResult result = EmulatedRunner.in(temp).flavour(flavour).run(job);

    assertThat(result.post("inject").log()).contains("Blanked: A.");
    assertThat(result.post("again").log()).contains("Blanked: B.");
    assertThat(result.env()).containsEntry("A", "").containsEntry("B", "");
  }

  @Test
  void whatIsMissingFailsTheStepAndNothingIsInjected() throws Exception {
    bench.with("credentials", GIVEN).with("credential-names", "A").misses("A");

    JobResult result = run();

    assertFailed(result.step("inject"), "A: there is none of that name");
    assertThat(result.env()).isEmpty();
    assertThat(result.post("inject").log()).isEqualTo("There is nothing to take back.\n");
  }

  @Test
  void whatIsMissingMayBeLeftOut() throws Exception {
    bench.with("credential-names", "A").misses("A").with("on-missing", "warn");
    bench.with(
        "credentials",
        "[{\"name\": \"B\", \"value\": \"s3cr3t-value\"}, {\"name\": \"C\", \"value\": null}]");

    JobResult result =
        EmulatedRunner.in(temp).run(bench.job().allowSecretsIn("variable 'B' of step 'inject'"));

    assertOutcome(result.step("inject"), 1, "partial");
    assertThat(result.step("inject").messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("C: has no text in 'value'", "A: there is none of that name");
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void allMayBeMissing() throws Exception {
    bench.with("credential-names", "A").misses("A").with("on-missing", "warn");

    JobResult result = run();

    assertOutcome(result.step("inject"), 0, "skipped");
    assertThat(result.succeeded()).isTrue();
  }

  @Test
  void whatIsRefusedFailsTheStepWhateverMayBeMissing() throws Exception {
    bench.with("credential-names", "A, B").has("A", "s3cr3t-value").refuses("B");

    JobResult result = run(bench.with("on-missing", "warn"));

    assertFailed(result.step("inject"), "B: no grant gives it to this job");
    assertThat(result.env()).isEmpty();
  }

  @Test
  void whatWasNotAskedForIsRefused() throws Exception {
    bench.with("credential-names", "A").has("A", "s3cr3t-value").has("B", "other-value");

    assertFailed(run().step("inject"), "not asked for");
  }

  @Test
  void nothingAskedForIsNoReasonToWarn() throws Exception {
    StepResult step = run().step("inject");

    assertThat(step.succeeded()).isTrue();
    assertOutcome(step, 0, "empty");
    assertThat(step.issues()).isEmpty();
    assertThat(step.summary()).isEmpty();
  }

  @Test
  void inputsThatAreWrongFailTheStep() throws Exception {
    assertFailed(run(new Bench().with("github-token", "")).step("inject"), "'github-token'");
    assertFailed(run(new Bench().with("export", "everywhere")).step("inject"), "'export'");
    assertFailed(run(new Bench().with("on-missing", "ignore")).step("inject"), "'on-missing'");
    assertFailed(run(new Bench().with("prefix", "A-")).step("inject"), "'prefix'");
    assertFailed(
        run(new Bench().with("credential-names", "A,a").has("A", "x")).step("inject"),
        "'credential-names'");
    assertFailed(
        run(new Bench().with("credential-names", "A")).step("inject"), "'credential-names'");
    assertFailed(run(new Bench().has("A", "x")).step("inject"), "'credential-names'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[{\"value\": hunter2", "[{\"name\": \"A B\", \"value\": \"hunter2\"}]"})
  void whatIsWrongIsNotQuoted(String json) throws Exception {
    StepResult step = run(bench.with("credentials", json)).step("inject");

    assertFailed(step, "Input 'credentials'");
    assertThat(step.log()).doesNotContain("hunter2");
  }

  @Test
  void whatWasWrittenIsTakenBackWhenALaterWriteFails() throws Exception {
    bench.with("credential-names", "KEY,TOKEN");
    bench.has("KEY", bytes(), Export.FILE, null).has("TOKEN", bytes(), Export.ENV, "a-lease");
    EmulatedRunner runner = EmulatedRunner.in(temp);
    bench.fault(Fault.outputsCannotBeWritten());

    JobResult result =
        runner.run(
            bench.job().run("left", Condition.ALWAYS, Map.of(), "sh", "-c", "ls -a $RUNNER_TEMP"));

    assertThat(result.step("inject").exitCode()).isEqualTo(1);
    assertThat(result.step("left").log()).doesNotContain("cachemesh-credentials");
    assertThat(result.env()).containsEntry("KEY", "");
    assertThat(bench.released()).hasSize(1);
  }

  /** Of its state, the variable, and two outputs. */
  @ParameterizedTest
  @CsvSource({"0, []", "1, []", "2, [***]", "3, [***]"})
  void postTakesBackWhatAMainLeftThatDied(int entries, String seen) throws Exception {
    JvmActionLauncher launcher = JvmActionLauncher.ofThisJvm(DyingMain.class.getName());
    EmulatedAction dying =
        EmulatedAction.of(
            Path.of("action.yml"),
            new JvmActionLauncher(
                launcher.java(),
                List.of("-Xmx256m", "-D" + DyingMain.ENTRIES + "=" + entries),
                launcher.classPath(),
                launcher.mainClass()));
    Job job =
        Job.named("deploy")
            .githubToken("ghs_0123456789")
            .uses(
                "inject",
                dying,
                Map.of("github-token", "${{ github.token }}", "credentials", GIVEN))
            .allowSecretsIn("variable 'API_KEY' of step 'inject'")
            .run("see", Condition.ALWAYS, Map.of(), "sh", "-c", "echo \"[$API_KEY]\"");

    JobResult result = EmulatedRunner.in(temp).run(job);

    assertThat(result.step("inject").exitCode()).isEqualTo(137);
    assertThat(result.step("see").log()).isEqualTo(seen + "\n");
    assertThat(result.post("inject").succeeded()).isTrue();
    assertThat(result.env().getOrDefault("API_KEY", "")).isEmpty();
  }

  private static byte[] bytes() {
    return "s3cr3t-value".getBytes(StandardCharsets.UTF_8);
  }

  private JobResult run() throws Exception {
    return run(bench);
  }

  private JobResult run(Bench asked) throws Exception {
    return EmulatedRunner.in(temp)
        .run(asked.job().allowSecretsIn("variable 'TOKEN' of step 'inject'"));
  }

  private static void assertFailed(StepResult step, String reason) {
    assertThat(step.exitCode()).isEqualTo(1);
    assertOutcome(step, 0, "error");
    assertThat(step.issues()).hasSize(1);
    assertThat(step.messages(Level.ERROR)).singleElement().asString().contains(reason);
  }

  private static void assertOutcome(StepResult step, int injected, String status) {
    assertThat(step.outputs())
        .containsEntry("credentials-injected", Integer.toString(injected))
        .containsEntry("status", status);
  }
}
