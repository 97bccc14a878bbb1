package io.github.cachemesh.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsPolicyCommandTest {
  @TempDir Path home;
  private CredentialsHost host;

  @BeforeEach
  void makeStore() {
    host = CredentialsHost.withStore(home);
  }

  @Test
  void policyIsSaidWithoutAKey() {
    host.environment.clear();

    CommandRun said = host.run("policy");

    assertThat(said.exitCode()).as(said.toString()).isZero();
    assertThat(said.out()).contains("keeps 2 of a credential's values", "gives nothing");
  }

  @Test
  void whatIsNotNamedStays() {
    host.run("policy", "--allow-asserted");
    CommandRun changed = host.run("policy", "--keep-versions", "5");

    assertThat(changed.exitCode()).as(changed.toString()).isZero();
    assertThat(host.run("list", "--json").out())
        .containsIgnoringWhitespaces("\"keep_versions\":5,\"asserted_scopes\":true");
  }

  @Test
  void whatWasAllowedIsForbiddenAgain() {
    host.run("policy", "--allow-asserted");

    assertThat(host.run("policy", "--no-allow-asserted").out()).contains("gives nothing");
  }

  @Test
  void versionsBeyondItGoWithTheNextValue() {
    for (int i = 0; i < 3; i++) {
      host.set("TOKEN", "global", "value" + i);
    }
    host.run("policy", "--keep-versions", "1");
    host.set("TOKEN", "global", "last");

    assertThat(host.run("list", "--json").out())
        .containsOnlyOnce("\"version\"")
        .containsIgnoringWhitespaces("\"version\":4,");
  }

  @Test
  void changeIsLogged() throws IOException {
    host.run("policy", "--keep-versions", "5", "--reason", "we rotate often");

    assertThat(host.auditLines().getLast())
        .contains("\"action\":\"policy\"", "we rotate often", "\"outcome\":\"done\"");
  }

  @Test
  void tooManyVersionsChangeNothing() {
    CommandRun refused = host.run("policy", "--keep-versions", "21");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("--keep-versions", "1 to 20");
    assertThat(host.run("policy").out()).contains("keeps 2");
  }

  @Test
  void whoIsNoOwnerChangesNothing() {
    Path key = home.resolve("holder.key");
    host.run("holder", "add", "ci", "--scope", "global", "--new-key-file", key.toString());
    host.environment.put("CACHEMESH_CREDENTIALS_KEY", host.text(key));

    assertThat(host.run("policy", "--allow-asserted").exitCode()).isEqualTo(1);
    assertThat(host.run("policy").out()).contains("gives nothing");
  }
}
