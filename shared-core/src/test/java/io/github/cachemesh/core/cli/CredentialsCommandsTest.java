package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CredentialsCommandsTest {
  private static final String PEM = "-----BEGIN KEY-----\nabc\n-----END KEY-----\n";

  @TempDir Path home;
  CredentialsHost host;

  @BeforeEach
  void makeStore() {
    host = CredentialsHost.withStore(home);
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.exitCode()).as(run.toString()).isZero();
  }

  private static void assertRefused(CommandRun run, int exitCode, String... told) {
    assertThat(run.exitCode()).as(run.toString()).isEqualTo(exitCode);
    assertThat(run.err()).startsWith("cachemesh: ").contains(told);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void valueThatWasSetIsGot() {
    assertDone(host.set("NPM_TOKEN", "repo:octocat/hello-world", "npm_abc"));

    CommandRun got = host.run("get", "NPM_TOKEN");

    assertDone(got);
    assertThat(got.out()).isEqualTo("npm_abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"token\n", "token\r\n", "token"})
  void lineEndOfAValueOfOneLineGoes(String typed) {
    assertDone(host.set("TOKEN", "global", typed));

    assertThat(host.run("get", "TOKEN").out()).isEqualTo("token");
  }

  @Test
  void lineEndsOfAValueOfSeveralLinesStay() {
    assertDone(host.set("PEM", "global", PEM));

    assertThat(host.run("get", "PEM").out()).isEqualTo(PEM);
  }

  @Test
  void exactValueKeepsItsLineEnd() {
    host.given("token\n", "set", "T", "--scope", "global", "--expires", "1d", "--stdin", "--exact");

    assertThat(host.run("get", "T").out()).isEqualTo("token\n");
  }

  @Test
  void valueIsReadFromAFileAndWrittenToOneForItsOwnerAlone() throws IOException {
    Path key = Files.writeString(home.resolve("deploy.pem"), PEM);
    Path copy = home.resolve("copy.pem");

    assertDone(
        host.run(
            "set", "KEY", "--scope", "global", "--expires", "1d", "--from-file", key.toString()));
    assertDone(host.run("get", "KEY", "--output", copy.toString()));

    assertThat(copy).hasContent(PEM);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
        .isEqualTo("rw-------");
  }

  @Test
  void personIsAskedForTheValue() {
    host.answers.add("typed");

    assertDone(host.run("set", "TOKEN", "--scope", "global", "--expires", "90d"));

    assertThat(host.questions).containsExactly("Value of TOKEN (global) (not shown): ");
    assertThat(host.run("get", "TOKEN").out()).isEqualTo("typed");
  }

  @Test
  void withoutATerminalTheOtherWaysAreNamed() {
    assertRefused(
        host.run("set", "TOKEN", "--scope", "global", "--expires", "1d"),
        2,
        "--stdin",
        "--from-file");
  }

  @Test
  void valueAsAnArgumentIsRefusedAndNotRepeated() {
    CommandRun set = host.run("set", "TOKEN", "hunter2", "--scope", "global", "--expires", "1d");
    CommandRun option =
        host.run("set", "TOKEN", "--value=hunter2", "--scope", "global", "--expires", "1d");

    assertRefused(set, 2, "never an argument", "--stdin");
    assertRefused(option, 2, "'--value'");
    assertThat(set.err() + option.err()).doesNotContain("hunter2");
  }

  @Test
  void emptyValueIsRefused() {
    assertRefused(host.set("TOKEN", "global", "\n"), 2, "TOKEN", "is empty");
  }

  @Test
  void tooLongValueIsRefused() {
    assertRefused(host.set("TOKEN", "global", "x".repeat((1 << 20) + 1)), 2, "1048576");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0d", "soon", "2020-01-01T00:00:00Z", "-1d", "99999d", "1y"})
  void otherLivesAreRefused(String expires) {
    assertRefused(
        host.given("v", "set", "T", "--scope", "global", "--expires", expires, "--stdin"),
        2,
        "--expires");
  }

  @ParameterizedTest
  @ValueSource(strings = {"team", "repo", "repo:nobody", "global:x", "Global", ""})
  void otherScopesAreRefused(String scope) {
    assertRefused(host.set("TOKEN", scope, "v"), 2, "--scope", "scope");
  }

  @Test
  void lifeAndScopeMustBeSaid() {
    assertRefused(host.given("v", "set", "T", "--scope", "global", "--stdin"), 2, "--expires");
    assertRefused(host.given("v", "set", "T", "--expires", "1d", "--stdin"), 2, "--scope");
  }

  @Test
  void terminalShowsAValueOnlyWhenItIsSaid() {
    host.set("TOKEN", "global", "npm_abc");
    host.terminalShows = true;

    CommandRun refused = host.run("get", "TOKEN");

    assertRefused(refused, 2, "--show", "--output");
    assertThat(host.run("get", "TOKEN", "--show").out()).isEqualTo("npm_abc\n");
  }

  @Test
  void expiredValueIsRefusedUnlessItIsMeant() {
    host.given("old", "set", "TOKEN", "--scope", "global", "--expires", "2h", "--stdin");
    host.pass(Duration.ofHours(2));

    assertRefused(host.run("get", "TOKEN"), 1, "TOKEN", "expired at 2026-11-22T14:00:00Z");
    assertThat(host.run("get", "TOKEN", "--even-expired").out()).isEqualTo("old");
  }

  @Test
  void rotatedValueLivesAsLongAgainAndTheLastOneIsKept() {
    host.given("old", "set", "TOKEN", "--scope", "global", "--expires", "2h", "--stdin");
    host.pass(Duration.ofHours(3));

    CommandRun rotated = host.given("new", "rotate", "TOKEN", "--stdin");

    assertDone(rotated);
    assertThat(rotated.out()).contains("version 2", "until 2026-11-22T17:00:00Z");
    assertThat(host.run("get", "TOKEN").out()).isEqualTo("new");
    assertThat(host.run("get", "TOKEN", "--version-number", "1", "--even-expired").out())
        .isEqualTo("old");
  }

  @Test
  void nothingIsRotatedThatIsNotThere() {
    assertRefused(host.given("new", "rotate", "TOKEN", "--stdin"), 1, "TOKEN", "list shows");
  }

  @Test
  void nameInSeveralScopesNeedsOne() {
    host.set("TOKEN", "global", "all");
    host.set("TOKEN", "repo:1", "one");

    assertRefused(host.run("get", "TOKEN"), 2, "--scope global", "repo:1");
    assertThat(host.run("get", "TOKEN", "--scope", "repo:1").out()).isEqualTo("one");
  }

  @Test
  void listShowsNamesAndNoValue() {
    host.set("NPM_TOKEN", "repo:octocat/hello-world", "npm_abc");
    host.environment.clear();

    CommandRun list = host.run("list");
    CommandRun json = host.run("list", "--json");

    assertDone(list);
    assertThat(list.out()).contains("NPM_TOKEN  repo:octocat/hello-world  1        0s ago");
    assertThat(list.out() + json.out()).doesNotContain("npm_abc");
    JsonNode properties = JsonMapper.shared().readTree(json.out());
    assertThat(properties.at("/credentials/0/name").asString()).isEqualTo("NPM_TOKEN");
    assertThat(properties.at("/credentials/0/versions/0/expires").asString()).isEqualTo("never");
    assertThat(properties.at("/holders/0/owner").asBoolean()).isTrue();
  }

  @Test
  void deletedCredentialIsGone() {
    host.set("TOKEN", "global", "v");

    assertRefused(host.run("delete", "TOKEN"), 2, "--yes");
    CommandRun deleted = host.run("delete", "TOKEN", "--yes");

    assertDone(deleted);
    assertThat(deleted.out()).contains("TOKEN (global)", "where it comes from");
    assertRefused(host.run("get", "TOKEN"), 1, "there is no TOKEN");
    assertThat(host.run("list").out()).doesNotContain("TOKEN");
    assertThat(host.run("list", "--deleted").out()).contains("TOKEN  global  deleted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--data"})
  void valuesOpenAfterRekey(String option) throws IOException {
    host.set("TOKEN", "global", "v");
    String before = Files.readString(host.store);

    assertDone(option.isEmpty() ? host.run("rekey") : host.run("rekey", option));

    assertThat(host.run("get", "TOKEN").out()).isEqualTo("v");
    assertThat(Files.readString(host.store)).isNotEqualTo(before);
  }

  @Test
  void holderOpensItsOwnScopeAloneAndWritesNothing() {
    host.set("MINE", "repo:1", "mine");
    host.set("OTHER", "repo:2", "other");
    Path key = home.resolve("ci.key");
    assertDone(
        host.run("holder", "add", "ci", "--scope", "repo:1", "--new-key-file", key.toString()));
    host.environment.clear();

    String[] with = {"--key-file", key.toString()};
    assertThat(host.run("get", "MINE", with[0], with[1]).out()).isEqualTo("mine");
    assertRefused(host.run("get", "OTHER", with[0], with[1]), 1, "key of ci", "repo:2");
    assertRefused(
        host.given(
            "v",
            "set",
            "MINE",
            "--scope",
            "repo:1",
            "--expires",
            "1d",
            "--stdin",
            with[0],
            with[1]),
        1,
        "owner");
    assertThat(host.run("list", "--holders").out()).contains("ci      raw  repo:1");
  }

  @Test
  void removedHolderOpensNothing() {
    host.set("MINE", "repo:1", "mine");
    Path key = home.resolve("ci.key");
    host.run("holder", "add", "ci", "--scope", "repo:1", "--new-key-file", key.toString());

    assertRefused(host.run("holder", "remove", "ci"), 2, "--yes");
    assertDone(host.run("holder", "remove", "ci", "--yes"));

    assertRefused(host.run("get", "MINE", "--key-file", key.toString()), 1, "key");
    assertThat(host.run("get", "MINE").out()).isEqualTo("mine");
  }

  @Test
  void holderNeedsScopesOrOwnership() {
    assertRefused(
        host.run("holder", "add", "ci", "--new-key-file", home.resolve("k").toString()),
        2,
        "--scope",
        "--owner");
  }

  @Test
  void secondOwnerWritesToo() throws IOException {
    Path passphrase = Files.writeString(home.resolve("pass"), "correct horse\nbattery");
    assertDone(
        host.run(
            "holder", "add", "bob", "--owner", "--new-passphrase-file", passphrase.toString()));
    host.environment.clear();
    host.answers.add("correct horse");

    assertDone(host.set("TOKEN", "global", "v"));

    assertThat(host.questions).containsExactly("Passphrase of " + host.store + " (not shown): ");
  }

  @Test
  void keyFileThatIsThereIsNotReplaced() {
    assertRefused(
        host.run("holder", "add", "x", "--owner", "--new-key-file", host.ownerKey.toString()),
        2,
        "is there already");
    assertThat(host.run("list", "--holders").out()).doesNotContain("x ");
  }

  @Test
  void backupIsRestoredWithANewerGeneration() {
    Path backup = home.resolve("backup.cmstore");
    host.set("TOKEN", "global", "first");
    assertDone(host.run("export", "--backup", backup.toString()));
    host.set("TOKEN", "global", "second");

    assertRefused(host.run("import", "--backup", backup.toString()), 2, "--yes");
    assertDone(host.run("import", "--backup", backup.toString(), "--yes"));

    assertThat(host.run("get", "TOKEN").out()).isEqualTo("first");
    assertThat(host.run("list").out()).contains("generation 4");
  }

  @Test
  void backupIsRestoredWhereTheStoreIsLost() throws IOException {
    Path backup = home.resolve("backup.cmstore");
    host.set("TOKEN", "global", "v");
    host.run("export", "--backup", backup.toString());
    Files.delete(host.store);

    assertDone(host.run("import", "--backup", backup.toString(), "--yes"));

    assertThat(host.run("get", "TOKEN").out()).isEqualTo("v");
  }

  @Test
  void backupDoesNotReplaceAFileUnlessItIsSaid() throws IOException {
    Path backup = Files.writeString(home.resolve("backup.cmstore"), "something else");

    assertRefused(host.run("export", "--backup", backup.toString()), 2, "--replace");
    assertDone(host.run("export", "--backup", backup.toString(), "--replace"));
  }

  @Test
  void oldCopyIsRefusedByWhatTheHostRemembers() throws IOException {
    byte[] old = Files.readAllBytes(host.store);
    host.set("TOKEN", "global", "v");
    Files.write(host.store, old);

    assertRefused(host.run("get", "TOKEN"), 1, "old copy");
  }

  @Test
  void oldCopyIsRefusedByItsGeneration() {
    assertRefused(host.run("list", "--min-generation", "2"), 1, "generation 1");
    assertRefused(host.run("list", "--min-generation", "0"), 2, "--min-generation");
  }

  @Test
  void anotherStoreIsRefused() {
    assertRefused(host.run("list", "--store-id", "aaaaaaaaaaaaaaaaaaaaaaaaaa"), 1, "was expected");
    assertRefused(host.run("list", "--store-id", "x"), 2, "--store-id");
  }

  @Test
  void storeThatIsNotThereIsNamed() {
    CommandRun get = host.run("get", "TOKEN", "--store", "nowhere.cmstore");

    assertThat(get.exitCode()).isEqualTo(2);
  }

  @Test
  void wrongKeyIsRefused() throws IOException {
    Path other = Files.writeString(home.resolve("other.key"), "A".repeat(43));
    host.set("TOKEN", "global", "v");

    CommandRun get = host.run("get", "TOKEN", "--key-file", other.toString());

    assertRefused(get, 1, "key");
    assertThat(get.err()).doesNotContain("AAAA");
  }

  @Test
  void keyThatIsNoneIsNotRepeated() throws IOException {
    Path other = Files.writeString(home.resolve("other.key"), "hunter2");

    CommandRun get = host.run("get", "TOKEN", "--key-file", other.toString());

    assertRefused(get, 2, "--key-file");
    assertThat(get.err()).doesNotContain("hunter2");
  }

  @Test
  void onlyOneKeyCanBeMeant() {
    assertRefused(host.run("get", "T", "--keyring", "--key-file", "x"), 2, "only one of");
  }

  @Test
  void withoutAKeyTheWaysAreNamed() {
    host.set("TOKEN", "global", "v");
    host.environment.clear();

    assertRefused(host.run("get", "TOKEN"), 2, "--key-file", "CACHEMESH_CREDENTIALS_KEY");
  }
}
