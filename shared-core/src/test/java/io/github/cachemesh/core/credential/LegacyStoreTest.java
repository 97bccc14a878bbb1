package io.github.cachemesh.core.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that Python's cryptography sealed, in the original's form. */
class LegacyStoreTest {
  @TempDir Path folder;
  private Path file;
  private byte[] key;

  @BeforeEach
  void copy() throws IOException {
    file = Files.write(folder.resolve("credentials.json.enc"), resource("credentials.json.enc"));
    key = resource("master_key");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream input =
        Objects.requireNonNull(LegacyStoreTest.class.getResourceAsStream(name), name)) {
      return input.readAllBytes();
    }
  }

  @Test
  void whatHasAScopeAmongOursIsMigrated() throws IOException {
    TestStore test = new TestStore(folder.resolve("new"));
    try (LegacyCredentials legacy = LegacyStore.read(file, key)) {
      test.change(
          editor -> {
            for (Credential credential : legacy.migrating()) {
              editor.set(credential.id(), credential.value(), credential.expires());
            }
            return 0;
          });
    }

    try (OpenedStore opened = test.open()) {
      assertThat(opened.overview().entries()).hasSize(3);
      assertThat(value(opened, "API_KEY", "global")).isEqualTo("sk-original-π");
      assertThat(value(opened, "DEPLOY_KEY", "repo:octo/widgets"))
          .isEqualTo("-----BEGIN KEY-----\nabc\n-----END KEY-----\n");
      assertThat(value(opened, "RUNNER_TOKEN", "runner:runner-7")).isEqualTo("runner-secret");
    }
  }

  private static String value(OpenedStore opened, String name, String scope)
      throws StoreRefusedException {
    return TestStore.text(opened.value(TestStore.id(name, Scope.parse(scope))));
  }

  @Test
  void timesAreKept() throws IOException {
    try (LegacyCredentials legacy = LegacyStore.read(file, key)) {
      assertThat(legacy.migrating())
          .extracting(Credential::created, Credential::expires)
          .containsExactly(
              tuple(Instant.parse("2026-01-02T03:04:05.678901Z"), new Expiry.Never()),
              tuple(
                  Instant.parse("2026-01-02T03:04:05Z"),
                  new Expiry.At(Instant.parse("2027-01-02T03:04:05Z"))),
              tuple(
                  Instant.parse("2026-01-02T03:04:05.250Z"),
                  new Expiry.At(Instant.parse("2026-01-03T03:04:05Z"))));
    }
  }

  @Test
  void whatHasNoneIsNamedAndNeverGlobal() throws IOException {
    try (LegacyCredentials legacy = LegacyStore.read(file, key)) {
      assertThat(legacy.refused())
          .extracting(LegacyCredentials.Refused::name)
          .containsExactly("WORKFLOW_TOKEN", "TEAM_TOKEN");
      assertThat(legacy.refused().toString())
          .contains("REPOSITORY:PATH@REF", "no scope 'team'")
          .doesNotContain("workflow-secret", "team-secret");
    }
  }

  @Test
  void damagedFileAndOtherKeyAreRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < whole.length; i += 97) {
      byte[] changed = whole.clone();
      changed[i] ^= 1;
      Files.write(file, changed);
      assertThat(TestStore.refusal(() -> LegacyStore.read(file, key)))
          .isEqualTo(Fault.NOT_AUTHENTIC);
    }
    Files.write(file, new byte[0]);
    assertThat(TestStore.refusal(() -> LegacyStore.read(file, key))).isEqualTo(Fault.NOT_AUTHENTIC);
  }

  @Test
  void whatIsNoKeyAndMissingFilesAreNamed() {
    assertThat(TestStore.refusal(() -> LegacyStore.read(file, new byte[] {'A'})))
        .isEqualTo(Fault.MALFORMED);
    assertThat(TestStore.refusal(() -> LegacyStore.read(folder.resolve("none"), key)))
        .isEqualTo(Fault.MISSING);
  }

  @Test
  void originalIsNotTouched() throws IOException {
    byte[] before = Files.readAllBytes(file);
    LegacyStore.read(file, key).close();

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
