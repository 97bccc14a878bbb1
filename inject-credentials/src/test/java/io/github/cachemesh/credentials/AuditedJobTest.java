package io.github.cachemesh.credentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cachemesh.core.audit.AuditEntry;
import io.github.cachemesh.core.audit.AuditEvent;
import io.github.cachemesh.core.audit.AuditHead;
import io.github.cachemesh.core.audit.AuditKey;
import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.testkit.runner.EmulatedRunner;
import io.github.cachemesh.testkit.runner.JobResult;
import io.github.cachemesh.testkit.runner.StepResult;
import io.github.cachemesh.testkit.runner.StepResult.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose credentials an audit log is told of. */
class AuditedJobTest {
  private static final String VALUE = "s3cr3t-value";

  @TempDir Path temp;
  private final String key = new String(AuditKey.freshText(new SecureRandom()), US_ASCII).strip();
  private final Bench bench = new Bench();
  private EmulatedRunner runner;
  private Path folder;

  @BeforeEach
  void install() {
    runner = EmulatedRunner.in(temp);
    folder = runner.folders().workspace().resolve(".git/cachemesh-audit");
    bench.with("audit", ".git/cachemesh-audit").with("audit-key", key);
  }

  @Test
  void logIsToldWhatTheJobGetsAndItsHeadIsAnOutput() throws Exception {
    JobResult result = run(bench.with("credential-names", "A").has("A", VALUE));

    AuditHead head = AuditHead.parse(result.step("inject").outputs().get("audit-head"));
    assertThat(result.step("inject").summary()).contains(head.toString());
    assertThat(entries(head))
        .extracting(AuditEntry::event)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.what()).isEqualTo("A");
              assertThat(event.why()).isEqualTo("from a test");
              assertThat(event.outcome()).isEqualTo(AuditOutcome.DONE);
              assertThat(event.who()).contains("run 1, job deploy, step inject");
            });
  }

  @Test
  void laterJobGoesOnWithTheLog() throws Exception {
    run(bench.with("credential-names", "A").has("A", VALUE));
    JobResult second = run(bench);

    AuditHead head = AuditHead.parse(second.step("inject").outputs().get("audit-head"));
    assertThat(entries(head)).hasSize(2);
  }

  @Test
  void logIsToldWhatTheJobIsRefused() throws Exception {
    run(
        bench
            .with("credential-names", "A,B,C")
            .with("on-missing", "warn")
            .has("A", VALUE)
            .misses("B")
            .refuses("C"));

    assertThat(entries(AuditHead.START))
        .extracting(AuditEntry::event)
        .extracting(AuditEvent::what, AuditEvent::outcome)
        .containsExactly(tuple("C", AuditOutcome.DENIED), tuple("B", AuditOutcome.NOT_FOUND));
  }

  @Test
  void whatCannotBeLoggedIsNotInjected() throws Exception {
    run(bench.with("credential-names", "A").has("A", VALUE));
    for (Path file : files()) {
      Files.writeString(file, Files.readString(file).replace("from a test", "from a TEST"));
    }

    StepResult step = run(bench).step("inject");

    assertThat(step.outputs())
        .containsEntry("status", "error")
        .containsEntry("credentials-injected", "0");
    assertThat(step.messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains("since it cannot be logged");
  }

  @Test
  void keyThatIsNoneIsNotQuoted() throws Exception {
    JobResult result =
        run(bench.with("audit-key", "hunter2").with("credential-names", "A").has("A", VALUE));

    assertThat(result.step("inject").messages(Level.ERROR))
        .singleElement()
        .asString()
        .contains("Input 'audit-key'");
    assertThat(result.log()).doesNotContain("hunter2");
    assertThat(result.env()).isEmpty();
  }

  private JobResult run(Bench asked) throws Exception {
    return runner.run(
        asked.job().searchForSecrets(temp).allowSecretsIn("variable 'A' of step 'inject'"));
  }

  private List<AuditEntry> entries(AuditHead anchor) throws Exception {
    List<AuditEntry> entries = new ArrayList<>();
    try (MacKey mac = AuditKey.parse(key.getBytes(US_ASCII))) {
      AuditLog log = new AuditLog(folder, mac, InstantSource.system());
      assertThat(log.verify(anchor)).isInstanceOf(AuditVerdict.Intact.class);
      log.read(entries::add);
    }
    return entries;
  }

  private List<Path> files() throws Exception {
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).toList();
    }
  }
}
