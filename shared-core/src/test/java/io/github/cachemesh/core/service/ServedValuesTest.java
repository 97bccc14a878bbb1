package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.audit.AuditOutcome;
import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.CredentialId;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.Scope;
import io.github.cachemesh.core.service.DeniedCredential.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the store a service gives, whatever becomes of the store. */
class ServedValuesTest {
  @TempDir Path folder;
  private TestService setting;

  @BeforeEach
  void open() throws Exception {
    setting = new TestService(folder);
  }

  @AfterEach
  void close() throws Exception {
    setting.close();
  }

  @Test
  void whatIsGrantedAndNotThereIsDenied() throws Exception {
    try (Exchanged exchanged = setting.ask(setting.start(), "NONE", TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("NONE", Reason.NOT_FOUND));
    }
  }

  @Test
  void valueOfAnotherEnvironmentIsNotThereForThisJob() throws Exception {
    setting.store.change(
        setting.owner,
        Anchor.none(),
        editor ->
            editor.set(
                CredentialId.parse("NONE", Scope.parse("environment:1:production")),
                new byte[] {1},
                new Expiry.Never()));

    try (Exchanged exchanged = setting.ask(setting.start(), "NONE")) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("NONE", Reason.NOT_FOUND));
    }
  }

  @Test
  void expiredValueIsDenied() throws Exception {
    setting.set("NONE", new byte[] {1}, new Expiry.At(Instant.now().minusSeconds(5)));

    try (Exchanged exchanged = setting.ask(setting.start(), "NONE")) {
      assertThat(exchanged.denied()).containsExactly(new DeniedCredential("NONE", Reason.EXPIRED));
    }
    assertThat(setting.audit().getFirst().event().outcome()).isEqualTo(AuditOutcome.EXPIRED);
  }

  @Test
  void valueExpiresNoLaterThanInTheStore() throws Exception {
    Instant soon = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 60);
    setting.set("NONE", new byte[] {1}, new Expiry.At(soon));

    try (Exchanged exchanged = setting.ask(setting.start(), "NONE")) {
      assertThat(exchanged.granted().getFirst().expires()).isEqualTo(soon);
    }
  }

  @Test
  void newValueIsGivenWithoutARestart() throws Exception {
    CredentialService service = setting.start();
    setting.ask(service, TestService.STORED).close();
    setting.set(TestService.STORED, "new".getBytes(UTF_8), new Expiry.Never());

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.granted().getFirst().value()).isEqualTo("new".getBytes(UTF_8));
    }
  }

  @Test
  void damagedStoreGivesNothingUntilItIsRestored() throws Exception {
    CredentialService service = setting.start();
    Path file = setting.store.file();
    byte[] good = Files.readAllBytes(file);
    Files.writeString(file, "{}");

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.UNAVAILABLE));
    }
    assertThat(setting.get(service, "/health")).isEqualTo(503);
    assertThat(setting.audit().getLast().event().outcome()).isEqualTo(AuditOutcome.FAILED);

    Files.write(file, good);
    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(setting.get(service, "/health")).isEqualTo(200);
  }

  @Test
  void storeThatIsGoneGivesNothingUntilItIsBack() throws Exception {
    CredentialService service = setting.start();
    Path file = setting.store.file();
    Path away = Files.move(file, folder.resolve("away"));

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.UNAVAILABLE));
    }
    assertThat(setting.get(service, "/health")).isEqualTo(503);

    Files.move(away, file);
    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.granted()).hasSize(1);
    }
    assertThat(setting.get(service, "/health")).isEqualTo(200);
  }

  @Test
  void storeThatIsRolledBackGivesNothing() throws Exception {
    byte[] old = Files.readAllBytes(setting.store.file());
    setting.set("NONE", new byte[] {1}, new Expiry.Never());
    CredentialService service = setting.start();
    setting.ask(service, TestService.STORED).close();
    Files.write(setting.store.file(), old);

    try (Exchanged exchanged = setting.ask(service, TestService.STORED)) {
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential(TestService.STORED, Reason.UNAVAILABLE));
    }
  }

  @Test
  void valuesBeyondTheBoundOfAnAnswerAreLeftOut() throws Exception {
    Files.writeString(setting.policy, TestService.POLICY.replace("[DEPLOY_KEY, NONE]", "'*_KEY'"));
    List<String> names = Stream.iterate(0, i -> i + 1).limit(9).map(i -> i + "_KEY").toList();
    setting.store.change(
        setting.owner,
        Anchor.none(),
        editor -> {
          for (String name : names) {
            editor.set(
                new CredentialId(name, TestService.environment()),
                new byte[1 << 20],
                new Expiry.Never());
          }
          return names;
        });

    try (Exchanged exchanged = setting.ask(setting.start(), names.toArray(String[]::new))) {
      assertThat(exchanged.granted()).hasSize(8);
      assertThat(exchanged.denied())
          .containsExactly(new DeniedCredential("8_KEY", Reason.UNAVAILABLE));
    }
  }
}
