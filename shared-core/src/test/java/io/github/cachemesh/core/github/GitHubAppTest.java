package io.github.cachemesh.core.github;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.cachemesh.core.github.AppException.Fault;
import io.github.cachemesh.testkit.github.App;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.LedgerEntry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The App against a GitHub that holds its tokens to what was granted. */
@Timeout(30)
class GitHubAppTest {
  private static final App APP =
      App.generate(4711, "credentials-app")
          .installed(
              99,
              Map.of("contents", "write", "issues", "read"),
              "octo-org/vault",
              "octo-org/repo-1");

  private GitHubSimulator simulator;
  private final OkHttpClient http = new OkHttpClient();

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(5, 5, 5)
            .privateRepository("octo-org/vault")
            .privateRepository("octo-org/attic")
            .app(APP)
            .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private GitHubApp app(String id, App keyOf) {
    AppKey key = AppKey.parse(id, keyOf.privateKeyPem().getBytes(US_ASCII));
    return new GitHubApp(simulator.uri(), key, http, ApiLimits.DEFAULT);
  }

  private GitHubApp app() {
    return app(APP.clientId(), APP);
  }

  private static AppGrant grant(String permission, String level, String... repositories) {
    return new AppGrant(
        List.of(repositories).stream().map(RepositoryName::parse).toList(),
        new TreeMap<>(Map.of(permission, level)));
  }

  private static AppGrant readVault() {
    return grant("contents", "read", "octo-org/vault");
  }

  private int status(InstallationToken token, String path) throws Exception {
    return status(token.bytes(), path);
  }

  private int status(byte[] token, String path) throws Exception {
    Request request =
        new Request.Builder()
            .url(simulator.uri() + path)
            .header("Authorization", "Bearer " + new String(token, US_ASCII))
            .header("User-Agent", "test")
            .build();
    try (Response response = http.newCall(request).execute()) {
      return response.code();
    }
  }

  private static void assertFault(Fault fault, AppCall call, String... words) {
    assertThatExceptionOfType(AppException.class)
        .isThrownBy(call::run)
        .satisfies(
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(List.of(words)).allMatch(String.valueOf(e.getMessage())::contains);
            });
  }

  interface AppCall {
    void run() throws Exception;
  }

  @Test
  void aTokenMayDoWhatWasGrantedAndNothingElse() throws Exception {
    try (InstallationToken token = app().mint(readVault())) {
      assertThat(status(token, "/repos/octo-org/vault/contents/README.md")).isEqualTo(200);
      assertThat(status(token, "/repos/octo-org/vault/issues")).isEqualTo(403);
      assertThat(status(token, "/repos/octo-org/attic")).isEqualTo(404);
      assertThat(token.expires())
          .isBetween(Instant.now().plusSeconds(3_500), Instant.now().plusSeconds(3_600));
      assertThat(token.grant()).isEqualTo(readVault());
    }
  }

  @Test
  void aTokenIsForSeveralRepositoriesWhateverTheirCase() throws Exception {
    AppGrant grant = grant("contents", "write", "Octo-Org/Vault", "octo-org/repo-1");
    try (InstallationToken token = app(Long.toString(APP.id()), APP).mint(grant)) {
      assertThat(status(token, "/repos/octo-org/repo-1/contents/README.md")).isEqualTo(200);
    }
  }

  @Test
  void aRevokedTokenHoldsNoMoreAndMayBeRevokedAgain() throws Exception {
    InstallationToken token = app().mint(readVault());
    app().revoke(token.bytes());
    assertThat(status(token, "/repos/octo-org/vault")).isEqualTo(401);
    app().revoke(token.bytes());
  }

  @Test
  void aClosedTokenIsForgotten() throws Exception {
    InstallationToken token = app().mint(readVault());
    String value = new String(token.bytes(), US_ASCII);
    assertThat(token.toString()).doesNotContain(value).contains("octo-org/vault");
    token.close();
    assertThatIllegalStateException().isThrownBy(token::bytes);
    assertThat(status(value.getBytes(US_ASCII), "/repos/octo-org/vault")).isEqualTo(200);
  }

  @Test
  void whatTheInstallationHasNotGotIsRefusedByName() {
    assertFault(
        Fault.NOT_GRANTED,
        () -> app().mint(grant("issues", "write", "octo-org/vault")),
        "issues=write",
        "octo-org/vault",
        "not granted to this installation",
        "give the App's installation these permissions");
    assertFault(
        Fault.NOT_GRANTED,
        () -> app().mint(grant("contents", "read", "octo-org/vault", "octo-org/attic")));
    assertFault(
        Fault.NOT_INSTALLED,
        () -> app().mint(grant("contents", "read", "octo-org/attic")),
        "octo-org/attic",
        "install the App");
  }

  @Test
  void anotherKeyOrIdIsRefusedByName() {
    assertFault(
        Fault.KEY_REFUSED,
        () -> app(APP.clientId(), App.generate(1, "other")).mint(readVault()),
        "could not be decoded",
        "clock");
    assertFault(Fault.KEY_REFUSED, () -> app("4712", APP).mint(readVault()), "Integration");
  }

  @Test
  void theLedgerShowsOneMint() throws Exception {
    app().mint(readVault()).close();
    List<LedgerEntry> posts = simulator.ledger().requests(e -> e.method().equals("POST"));
    assertThat(posts).hasSize(1);
  }

  @Test
  void aGitHubThatIsNotThereIsUnavailable() {
    simulator.close();
    ApiLimits brief = ApiLimits.DEFAULT.within(Duration.ofMillis(500));
    GitHubApp app =
        new GitHubApp(
            URI.create("http://127.0.0.1:1"),
            AppKey.parse("1", APP.privateKeyPem().getBytes(US_ASCII)),
            http,
            brief);
    assertFault(Fault.UNAVAILABLE, () -> app.mint(readVault()), "cannot be asked");
    assertFault(Fault.UNAVAILABLE, () -> app.revoke("ghs_x".getBytes(US_ASCII)));
  }

  @Test
  void bytesThatAreNoTokenAreNotSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> app().revoke("a\r\nb".getBytes(US_ASCII)))
        .withMessageNotContaining("b\r");
    assertThat(simulator.ledger().requests()).isEmpty();
  }
}
