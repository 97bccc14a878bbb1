package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.envelope.Aad;
import io.github.cachemesh.core.envelope.DataKey;
import io.github.cachemesh.core.envelope.KeyKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Python original keeps, in the form that its {@code to_dict} gives it. */
class CredentialsImportCommandTest {
  private static final byte[] SECRET = new byte[32];

  static {
    Arrays.fill(SECRET, (byte) 9);
  }

  @TempDir Path home;
  CredentialsHost host;
  Path original;

  @BeforeEach
  void makeStores() throws IOException {
    host = CredentialsHost.withStore(home);
    Path folder = Files.createDirectories(home.resolve(".credentials"));
    original = folder.resolve("credentials.json.enc");
    Files.write(folder.resolve(".master_key"), Base64.getEncoder().encode(SECRET));
  }

  private static byte[] sealed(String content) {
    try (DataKey key = KeyKind.DATA.of(SECRET)) {
      return key.seal(content.getBytes(UTF_8), Aad.none(), new SecureRandom()).bytes();
    }
  }

  private static String record(String name, String value, String scope, String filter, String end) {
    return """
    "%s": {"name": "%s", "encrypted_value": "%s", "scope": "%s", "scope_filter": %s,
      "created_at": 1763800000.123456, "expires_at": %s, "last_accessed": null,
      "access_count": 0, "metadata": {}}\
    """
        .formatted(
            name, name, Base64.getEncoder().encodeToString(sealed(value)), scope, filter, end);
  }

  private void write(String... records) throws IOException {
    Files.write(original, sealed("{" + String.join(",", records) + "}"));
  }

  @Test
  void valuesScopesAndEndsAreTakenOver() throws IOException {
    write(
        record("NPM_TOKEN", "npm_abc", "global", "null", "null"),
        record("DEPLOY", "key", "repo", "\"octocat/hello-world\"", "1795392000.5"));

    CommandRun run = host.run("import", "--original", original.toString());

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(run.out()).contains("took over 2 credentials").doesNotContain("npm_abc");
    assertThat(host.run("get", "NPM_TOKEN").out()).isEqualTo("npm_abc");
    assertThat(host.run("list").out())
        .contains("DEPLOY     repo:octocat/hello-world  1        0s ago  2026-11-23T00:00:00Z");
    assertThat(host.auditLines())
        .filteredOn(line -> line.contains("\"action\":\"import\",\"who\""))
        .hasSize(2);
  }

  @Test
  void whatHasNoPlaceIsNamed() throws IOException {
    write(
        record("NPM_TOKEN", "npm_abc", "global", "null", "null"),
        record("TEAM", "team_abc", "team", "null", "null"));

    CommandRun run = host.run("import", "--original", original.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("not taken over: TEAM").doesNotContain("team_abc");
    assertThat(host.run("get", "NPM_TOKEN").out()).isEqualTo("npm_abc");
  }

  @Test
  void nothingIsTakenOverWhereOneIsThereAlready() throws IOException {
    host.set("NPM_TOKEN", "global", "newer");
    write(
        record("FIRST", "v", "global", "null", "null"),
        record("NPM_TOKEN", "npm_abc", "global", "null", "null"));

    CommandRun refused = host.run("import", "--original", original.toString());

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("NPM_TOKEN (global)", "--replace");
    assertThat(host.run("list").out()).doesNotContain("FIRST");
    assertThat(host.run("import", "--original", original.toString(), "--replace").exitCode())
        .isZero();
    assertThat(host.run("get", "NPM_TOKEN").out()).isEqualTo("npm_abc");
  }

  @Test
  void anotherKeyIsRefused() throws IOException {
    write(record("NPM_TOKEN", "npm_abc", "global", "null", "null"));
    Path other = Files.writeString(home.resolve("other"), "A".repeat(43) + "=");

    CommandRun run =
        host.run("import", "--original", original.toString(), "--master-key-file", "" + other);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(original.toString());
  }

  @Test
  void oneSourceIsNamed() {
    assertThat(host.run("import").exitCode()).isEqualTo(2);
    assertThat(host.run("import", "--original", "x", "--backup", "y").exitCode()).isEqualTo(2);
  }
}
