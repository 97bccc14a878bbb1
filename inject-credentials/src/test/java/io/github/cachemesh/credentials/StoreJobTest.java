package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeyText;
import io.github.cachemesh.core.credential.RawKey;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.credential.SealedStore;
import io.github.cachemesh.core.credential.StoreId;
import io.github.cachemesh.core.credential.StorePolicy;
import io.github.cachemesh.testkit.runner.Condition;
import io.github.cachemesh.testkit.runner.EmulatedAction;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.Job;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.ProgramLauncher;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that take their credentials from a store in the workspace. */
class StoreJobTest {
  private static final String VALUE = "s3cr3t-value-of-the-store";

  @TempDir Path temp;
  private final SecureRandom random = new SecureRandom();
  private final RawKey owner = RawKey.fresh(random);
  private final RawKey holder = RawKey.fresh(random);
  private EmulatedRunner runner;
  private SealedStore store;
  private String key;

  @BeforeEach
  void makeStore() throws Exception {
    runner = EmulatedRunner.in(temp);
    Path file = Files.createDirectories(runner.folders().workspace()).resolve("ci/c.cmstore");
    Files.createDirectories(file.getParent());
    store = new SealedStore(file, random, InstantSource.system());
    StoreId id = store.create("owner", owner, StorePolicy.DEFAULT);
    store.change(
        owner,
        Anchor.none(),
        editor -> {
          editor.addHolder("deploy", holder, List.of(scope("repo:octo-org/octo-repo")));
          editor.set(named("API_KEY", "repo:octo-org/octo-repo"), value(), new Expiry.Never());
          return editor.set(named("OTHERS", "repo:octo-org/other"), value(), new Expiry.Never());
        });
    key = new String(KeyText.of(id, holder), US_ASCII);
  }

  @Test
  void holderOfAScopesKeyGetsWhatBelongsToTheScope() throws Exception {
    JobResult result = run("API_KEY", Map.of());

    assertThat(result.succeeded()).as(result.log()).isTrue();
    assertThat(result.step("use").log()).isEqualTo("***\n");
    StepResult step = result.step("inject");
    assertThat(step.outputs()).containsEntry("credentials-injected", "1");
    assertThat(step.log()).contains("from the store, repo:octo-org/octo-repo, version 1");
    assertThat(step.messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("'min-generation'");
  }

  @Test
  void keyIsMaskedWithAndWithoutTheNameOfItsStore() throws Exception {
    JobResult result = run("API_KEY", Map.of());

    assertThat(result.step("key").log()).isEqualTo("***\n***\n");
  }

  @Test
  void keyMayBeInAFile() throws Exception {
    Files.writeString(runner.folders().workspace().resolve("key.txt"), key + "\n");
    key = "file:key.txt";

    JobResult result = run("API_KEY", Map.of());

    assertThat(result.succeeded()).as(result.log()).isTrue();
  }

  @Test
  void generationThatWasSeenIsAnAnchor() throws Exception {
    assertThat(run("API_KEY", Map.of("min-generation", "2")).step("inject").issues()).isEmpty();
    assertFailed(run("API_KEY", Map.of("min-generation", "3")), "the store is refused");
  }

  @Test
  void whatBelongsToAnotherScopeIsRefusedWhateverMayBeMissing() throws Exception {
    assertFailed(run("API_KEY,OTHERS", Map.of("on-missing", "warn")), "OTHERS: ");
  }

  @Test
  void whatIsNotThereMayBeMissing() throws Exception {
    assertFailed(run("API_KEY,NONE", Map.of()), "NONE: ");
    assertThat(run("API_KEY,NONE", Map.of("on-missing", "warn")).step("inject").outputs())
        .containsEntry("status", "partial");
  }

  @Test
  void whatTheJobOnlySaysCountsWhereTheStoresPolicyTakesIt() throws Exception {
    Scope runnerScope = scope("runner:emulator");
    String ownersKey =
        new String(KeyText.of(store.overview(Anchor.none()).store(), owner), US_ASCII);
    store.change(
        owner,
        Anchor.none(),
        editor ->
            editor.set(new CredentialId("OF_RUNNER", runnerScope), value(), new Expiry.Never()));
    key = ownersKey;

    assertFailed(run("OF_RUNNER", Map.of("on-missing", "warn")), "OF_RUNNER: ");
    store.change(
        owner,
        Anchor.none(),
        editor -> {
          editor.policy(new StorePolicy(2, true));
          return "";
        });
    StepResult step = run("OF_RUNNER", Map.of("min-generation", "4")).step("inject");
    assertThat(step.succeeded()).as(step.log()).isTrue();
    assertThat(step.messages(Level.WARNING))
        .singleElement()
        .asString()
        .contains("the job only says that it is of this scope");
  }

  @Test
  void damagedStoreFailsTheStepWhateverMayBeMissing() throws Exception {
    byte[] bytes = Files.readAllBytes(store.file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(store.file(), bytes);

    assertFailed(run("API_KEY", Map.of("on-missing", "warn")), "the store is refused");
    assertThat(store.file()).hasBinaryContent(bytes);
  }

  @Test
  void storeThatIsNotThereFailsTheStep() throws Exception {
    Files.delete(store.file());

    assertFailed(run("API_KEY", Map.of("on-missing", "warn")), "Nothing was injected");
  }

  @Test
  void keyThatIsNoneIsNotQuoted() throws Exception {
    key = "hunter2hunter2";

    JobResult result = run("API_KEY", Map.of());

    assertFailed(result, "Input 'key' is refused");
    assertThat(result.log()).doesNotContain("hunter2");
  }

  @Test
  void sourceIsOneAndWhole() throws Exception {
    assertFailed(run("API_KEY", Map.of("key", "")), "Input 'key'");
    assertFailed(run("API_KEY", Map.of("service-url", "https://x")), "Input 'store'");
    assertFailed(run("API_KEY", Map.of("service-key", "x")), "Input 'service-key'");
    assertFailed(run("API_KEY", Map.of("min-generation", "0")), "Input 'min-generation'");
    assertFailed(run("", Map.of()), "Input 'credential-names'");
  }

  private JobResult run(String names, Map<String, String> more) throws Exception {
    Map<String, String> with = new HashMap<>();
    with.put("github-token", "${{ github.token }}");
    with.put("credential-names", names);
    with.put("store", "ci/c.cmstore");
    with.put("key", key);
    with.putAll(more);
    EmulatedAction action =
        EmulatedAction.of(Path.of("action.yml"), new ProgramLauncher(Main::action));
    return runner.run(
        Job.named("deploy")
            .githubToken("ghs_0123456789")
            .marker(VALUE)
            .allowSecretsIn("variable 'API_KEY' of step 'inject'")
            .allowSecretsIn("variable 'OF_RUNNER' of step 'inject'")
            .uses("inject", action, with)
            .run("use", "sh", "-c", "echo \"$API_KEY\"")
            .run(
                "key",
                Condition.SUCCESS,
                Map.of("KEY", key),
                "sh",
                "-c",
                "echo \"$KEY\"; echo \"${KEY##*:}\""));
  }

  private static void assertFailed(JobResult result, String reason) {
    StepResult step = result.step("inject");
    assertThat(step.exitCode()).isEqualTo(1);
    assertThat(step.outputs())
        .containsEntry("credentials-injected", "0")
        .containsEntry("status", "error");
    assertThat(step.messages(Level.ERROR)).singleElement().asString().contains(reason);
    assertThat(result.env()).isEmpty();
  }

  private static byte[] value() {
    return VALUE.getBytes(UTF_8);
  }

  private static CredentialId named(String name, String scope) throws IOException {
    return new CredentialId(name, scope(scope));
  }

  private static Scope scope(String text) throws IOException {
    return Scope.parse(text);
  }
}
