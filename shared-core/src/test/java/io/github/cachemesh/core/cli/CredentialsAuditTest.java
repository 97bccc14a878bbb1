package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the commands tell the audit log, and those that look into it. */
class CredentialsAuditTest {
  private static final String MARKER = "mark-4f9a1c7d2e";

  @TempDir Path home;
  CredentialsHost host;

  @BeforeEach
  void makeStore() {
    host = CredentialsHost.withStore(home);
  }

  private String last() throws IOException {
    JsonNode line = JsonMapper.shared().readTree(host.auditLines().getLast());
    return "%s %s %s: %s"
        .formatted(
            line.path("action").asString(),
            line.path("outcome").asString(),
            line.path("what").asString(),
            line.path("why").asString());
  }

  @Test
  void everyChangeIsLogged() throws IOException {
    assertThat(last()).startsWith("init done " + host.store);
    host.set("TOKEN", "global", "v");
    assertThat(last()).isEqualTo("set done TOKEN (global): ");
    host.given("w", "rotate", "TOKEN", "--stdin", "--reason", "weekly");
    assertThat(last()).isEqualTo("rotate done TOKEN (global): weekly");
    host.run("rekey", "--data");
    assertThat(last()).startsWith("rekey done " + host.store + " with its data");
    host.run("holder", "add", "ci", "--scope", "repo:1", "--new-key-file", home + "/ci.key");
    assertThat(last()).isEqualTo("add-holder done holder ci (repo:1): ");
    host.run("holder", "remove", "ci", "--yes");
    assertThat(last()).isEqualTo("remove-holder done holder ci: ");
    host.run("export", "--backup", home + "/copy");
    assertThat(last()).isEqualTo("export done %s to %s/copy: ".formatted(host.store, home));
    host.run("delete", "TOKEN", "--yes");
    assertThat(last()).isEqualTo("delete done TOKEN (global): ");
    host.run("import", "--backup", home + "/copy", "--yes");
    assertThat(last()).isEqualTo("import done %s from %s/copy: ".formatted(host.store, home));
  }

  @Test
  void whoGetsAValueIsLogged() throws IOException {
    host.set("TOKEN", "global", "v");
    host.environment.put("SUDO_USER", "alice");
    host.environment.put("GITHUB_RUN_ID", "7");
    host.environment.put("GITHUB_REPOSITORY", "octocat/hello-world");

    host.run("get", "TOKEN", "--reason", "a deployment by hand");

    assertThat(last()).isEqualTo("get done TOKEN (global): a deployment by hand: version 1");
    assertThat(JsonMapper.shared().readTree(host.auditLines().getLast()).path("who").asString())
        .startsWith(System.getProperty("user.name") + " (was alice) on ")
        .endsWith(", run 7 of octocat/hello-world");
  }

  @Test
  void failuresAreLogged() throws IOException {
    host.given("v", "set", "TOKEN", "--scope", "global", "--expires", "1h", "--stdin");

    host.run("get", "NONE");
    assertThat(last()).startsWith("get not-found NONE: there is no NONE");
    host.given("v", "rotate", "NONE", "--stdin");
    assertThat(last()).startsWith("rotate not-found NONE: ");
    host.pass(Duration.ofHours(1));
    host.run("get", "TOKEN");
    assertThat(last()).isEqualTo("get expired TOKEN (global): version 1");
    Files.writeString(home.resolve("other.key"), "A".repeat(43));
    host.run("delete", "TOKEN", "--yes", "--key-file", home + "/other.key");
    assertThat(last()).startsWith("delete denied TOKEN: ");
  }

  @Test
  void noValueIsWrittenAnywhereButSealed() throws IOException {
    StringBuilder printed = new StringBuilder();
    Path copy = home.resolve("copy");
    for (String value : List.of(MARKER, MARKER + "\nline two " + MARKER, "::" + MARKER + "%\r\n")) {
      printed.append(host.set("TOKEN", "global", value));
      printed.append(host.given(value, "rotate", "TOKEN", "--stdin"));
      printed.append(host.run("get", "TOKEN", "--output", copy.toString()));
      printed.append(host.run("get", "TOKEN", "--scope", "repo:1"));
      printed.append(host.run("set", "TOKEN", value, "--scope", "global", "--expires", "1d"));
    }
    printed.append(host.run("rekey", "--data")).append(host.run("list", "--json"));
    printed.append(host.run("delete", "TOKEN", "--yes"));
    printed.append(host.run("audit", "list")).append(host.run("audit", "export"));

    assertThat(copy).content().contains(MARKER);
    assertThat(host.writtenBut(copy)).doesNotContain(MARKER);
    assertThat(printed.toString()).doesNotContain(MARKER);
  }

  @Test
  void nothingIsDoneThatCannotBeLogged() throws IOException {
    host.set("TOKEN", "global", "v");
    String before = Files.readString(host.store);
    Files.writeString(host.auditFile(), Files.readString(host.auditFile()).replace("set", "get"));

    CommandRun set = host.set("TOKEN", "global", "w");
    CommandRun get = host.run("get", "TOKEN");

    assertThat(set.exitCode()).isEqualTo(1);
    assertThat(set.err()).contains("audit verify");
    assertThat(get.exitCode()).isEqualTo(1);
    assertThat(get.out()).isEmpty();
    assertThat(host.store).hasContent(before);
  }

  @Test
  void withoutAKeyOfTheLogNothingIsDone() throws IOException {
    Files.delete(home.resolve(".config/cachemesh/audit.key"));

    CommandRun set = host.set("TOKEN", "global", "v");

    assertThat(set.exitCode()).isEqualTo(2);
    assertThat(set.err()).contains("audit init", "--audit-key-file");
  }

  @Test
  void lostKeyOfALogIsNotMadeAnew() throws IOException {
    Path key = home.resolve(".config/cachemesh/audit.key");
    Files.delete(key);

    CommandRun init = host.run("audit", "init");

    assertThat(init.exitCode()).isEqualTo(1);
    assertThat(init.err()).contains("bring that back");
    assertThat(key).doesNotExist();
  }

  @Test
  void keyOfAnotherHostsLogIsMadeByItself(@TempDir Path another) {
    CredentialsHost other = new CredentialsHost(another);

    assertThat(other.run("audit", "init").exitCode()).isZero();
    assertThat(other.run("audit", "init").exitCode()).isEqualTo(2);
    assertThat(other.run("audit", "head").out()).isEqualTo("0:" + "0".repeat(64) + "\n");
  }

  @Test
  void keyIsTakenFromTheEnvironment() throws IOException {
    Path key = home.resolve(".config/cachemesh/audit.key");
    host.environment.put("CACHEMESH_AUDIT_KEY", Files.readString(key));
    Files.delete(key);

    assertThat(host.set("TOKEN", "global", "v").exitCode()).isZero();
  }

  @Test
  void intactLogIsToldWithItsHead() {
    String head = host.run("audit", "head").out().strip();
    host.set("TOKEN", "global", "v");

    CommandRun plain = host.run("audit", "verify");
    CommandRun anchored = host.run("audit", "verify", "--head", head);

    assertThat(plain.exitCode()).isZero();
    assertThat(plain.out()).contains("intact  2 lines", "shows only with --head");
    assertThat(anchored.exitCode()).isZero();
    assertThat(anchored.out()).contains("not cut before the head");
    assertThat(host.run("audit", "verify", "--json").out()).contains("\"anchored\" : false");
  }

  @Test
  void changedLogIsToldWithTheLine() throws IOException {
    host.set("TOKEN", "global", "v");
    host.set("OTHER", "global", "v");
    Files.writeString(host.auditFile(), Files.readString(host.auditFile()).replace("TOKEN", "T"));

    CommandRun verify = host.run("audit", "verify");
    CommandRun list = host.run("audit", "list");

    assertThat(verify.exitCode()).isEqualTo(1);
    assertThat(verify.out()).startsWith("changed: ").contains("audit-000000000000000001.jsonl");
    assertThat(list.exitCode()).isEqualTo(1);
    assertThat(list.out()).contains("init").doesNotContain("OTHER");
    assertThat(list.err()).contains("cannot be believed");
  }

  @Test
  void cutLogIsToldAgainstItsHead() throws IOException {
    host.set("TOKEN", "global", "v");
    String head = host.run("audit", "head").out().strip();
    Files.writeString(host.auditFile(), host.auditLines().getFirst() + "\n");

    CommandRun verify = host.run("audit", "verify", "--head", head, "--json");

    assertThat(verify.exitCode()).isEqualTo(1);
    assertThat(verify.out()).contains("\"fault\" : \"cut\"", "\"line\" : 2");
  }

  @Test
  void headThatIsNoneIsRefused() {
    CommandRun verify = host.run("audit", "verify", "--head", "2");

    assertThat(verify.exitCode()).isEqualTo(2);
    assertThat(verify.err()).contains("--head");
  }

  @Test
  void lastLinesAreListed() {
    host.set("FIRST", "global", "v");
    host.set("SECOND", "global", "v");

    assertThat(host.run("audit", "list", "--last", "1").out())
        .contains("SECOND (global)")
        .doesNotContain("FIRST");
    assertThat(host.run("audit", "list", "--json").out()).contains("\"what\" : \"FIRST (global)\"");
    assertThat(host.run("audit", "list", "--last", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void originalsFormIsPrinted() {
    host.set("TOKEN", "repo:1", "v");

    List<String> lines = host.run("audit", "export").out().lines().toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getLast())
        .startsWith("{\"timestamp\":\"2026-11-22T12:00:00.000000+00:00\",\"action\":\"store\"")
        .contains("\"credential\":\"TOKEN\"", "\"scope\":\"repo:1\"");
  }
}
