package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsInitCommandTest {
  @TempDir Path home;
  CredentialsHost host;

  @BeforeEach
  void nameHost() {
    host = new CredentialsHost(home);
  }

  @Test
  void storeKeyAndAuditKeyAreForTheirOwnerAlone() throws IOException {
    CommandRun made = host.run("init", "--new-key-file", host.ownerKey.toString());

    assertThat(made.exitCode()).as(made.toString()).isZero();
    assertThat(host.text(host.ownerKey)).matches("cachemesh-key:[a-z2-7]{26}:[A-Za-z0-9_-]{43}");
    Path auditKey = home.resolve(".config/cachemesh/audit.key");
    assertThat(host.text(auditKey)).matches("cachemesh-audit-key:[A-Za-z0-9_-]{43}");
    for (Path file : new Path[] {host.store, host.ownerKey, auditKey}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
    assertThat(made.out())
        .contains(host.store.toString(), host.ownerKey.toString(), auditKey.toString())
        .doesNotContain(host.text(host.ownerKey), host.text(auditKey));
  }

  @Test
  void passphraseIsAskedTwice() {
    host.answers.add("correct horse");
    host.answers.add("correct horse");

    assertThat(host.run("init").exitCode()).isZero();

    host.answers.add("correct horse");
    assertThat(host.set("TOKEN", "global", "v").exitCode()).isZero();
    host.answers.add("wrong");
    assertThat(host.set("TOKEN", "global", "v").exitCode()).isEqualTo(1);
  }

  @Test
  void slipOfThePassphraseMakesNothing() {
    host.answers.add("correct horse");
    host.answers.add("corect horse");

    CommandRun init = host.run("init");

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("differ").doesNotContain("horse");
    assertThat(host.store).doesNotExist();
  }

  @Test
  void pbkdf2IsWrittenWhereItIsAsked() throws IOException {
    Path passphrase = Files.writeString(home.resolve("pass"), "correct horse");

    CommandRun init =
        host.run("init", "--kdf", "pbkdf2", "--new-passphrase-file", passphrase.toString());

    assertThat(init.exitCode()).as(init.toString()).isZero();
    assertThat(host.store).content().contains("pbkdf2-sha256$i=600000");
  }

  @Test
  void unknownKdfIsRefused() throws IOException {
    Path passphrase = Files.writeString(home.resolve("pass"), "correct horse");

    CommandRun init =
        host.run("init", "--kdf", "md5", "--new-passphrase-file", passphrase.toString());

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("argon2id and pbkdf2");
  }

  @Test
  void storeThatIsThereStays() throws IOException {
    Files.createDirectories(host.store.getParent());
    Files.writeString(host.store, "something");

    CommandRun init = host.run("init", "--new-key-file", host.ownerKey.toString());

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("is there already");
    assertThat(host.store).hasContent("something");
    assertThat(host.ownerKey).doesNotExist();
  }

  @Test
  void storeWhoseKeyCannotBeWrittenIsNotKept() throws IOException {
    Path file = Files.createFile(home.resolve("file"));

    CommandRun init = host.run("init", "--new-key-file", file.resolve("owner.key").toString());

    assertThat(init.exitCode()).isEqualTo(1);
    assertThat(host.store).doesNotExist();
    assertThat(host.auditLines().getLast())
        .contains("\"action\":\"init\"", "\"outcome\":\"failed\"");
  }

  @Test
  void ageIdentityOpensIt() throws Exception {
    CommandRun init =
        host.run(
            "init",
            "--age-recipient",
            "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa");

    assertThat(init.exitCode()).as(init.toString()).isZero();
    assertThat(host.run("list", "--holders").out()).contains("owner   age");
  }

  @Test
  void recipientThatIsNoneIsNotRepeated() {
    CommandRun init = host.run("init", "--age-recipient", "AGE-SECRET-KEY-1QQQQ");

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("--age-recipient").doesNotContain("QQQQ");
  }

  @Test
  void tooManyVersionsAreRefused() {
    CommandRun init =
        host.run("init", "--keep-versions", "21", "--new-key-file", host.ownerKey.toString());

    assertThat(init.exitCode()).isEqualTo(2);
    assertThat(init.err()).contains("--keep-versions", "1 to 20");
  }
}
