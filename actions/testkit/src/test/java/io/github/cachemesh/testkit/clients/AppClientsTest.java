package io.github.cachemesh.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.github.App;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proves the endpoints of Apps with octokit, as actions/create-github-app-token uses it. */
class AppClientsTest {
  private static final App APP =
      App.generate(4711, "credentials-app")
          .installed(
              99,
              Map.of("contents", "write", "issues", "read"),
              "octo-org/vault",
              "octo-org/repo-1");

  private static final String SET_UP =
      """
      import { createAppAuth } from "@octokit/auth-app";
      import { request } from "@octokit/request";
      const api = request.defaults({ baseUrl: process.env.SIMULATOR_URL });
      const auth = createAppAuth({
        appId: process.env.APP_ID, privateKey: process.env.APP_KEY, request: api });
      const asApp = api.defaults({ request: { hook: auth.hook } });
      const failure = (promise) =>
        promise.then(() => "no failure", (error) => error.status + " " + error.message);
      """;

  private GitHubSimulator simulator;

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

  private String octokit(String appId, String script) throws Exception {
    Availability<NodePackages> packages =
        NodePackages.install("@octokit/auth-app@8.3.1", "@octokit/request@10.0.16");
    assumeTrue(packages.isAvailable(), packages.reason());
    ClientRun run =
        packages
            .get()
            .run(
                SET_UP + script,
                Map.of(
                    "SIMULATOR_URL",
                    simulator.uri().toString(),
                    "APP_ID",
                    appId,
                    "APP_KEY",
                    APP.privateKeyPem()));
    assertThat(run.succeeded()).as(run.stderr()).isTrue();
    return run.output().strip();
  }

  @Test
  void octokitMintsATokenForOneRepositoryAndOnePermission() throws Exception {
    String read =
        octokit(
            Long.toString(APP.id()),
            """
            const installation = await asApp("GET /repos/{owner}/{repo}/installation",
              { owner: "octo-org", repo: "vault" });
            const minted = await auth({ type: "installation",
              installationId: installation.data.id,
              repositoryNames: ["vault"], permissions: { contents: "read" } });
            const api2 = api.defaults({ headers: { authorization: "token " + minted.token } });
            console.log(installation.data.app_slug, minted.repositorySelection,
              JSON.stringify(minted.permissions), minted.repositoryNames);
            console.log((await api2("GET /repos/octo-org/vault/contents/README.md")).status);
            console.log((await api2("GET /installation/repositories")).data.total_count);
            console.log(await failure(api2("GET /repos/octo-org/vault/issues")));
            console.log(await failure(api2("PUT /repos/octo-org/vault/contents/a",
              { message: "m", content: "YQ==" })));
            console.log(await failure(api2("GET /repos/octo-org/attic")));
            """);
    assertThat(read.lines())
        .containsExactly(
            "credentials-app selected {\"contents\":\"read\",\"metadata\":\"read\"} [ 'vault' ]",
            "200",
            "1",
            "403 Resource not accessible by integration - https://docs.github.com/rest",
            "403 Resource not accessible by integration - https://docs.github.com/rest",
            "404 Not Found - https://docs.github.com/rest");
  }

  @Test
  void aRevokedTokenIsRefused() throws Exception {
    String read =
        octokit(
            APP.clientId(),
            """
            const minted = await auth({ type: "installation", installationId: 99 });
            const api2 = api.defaults({ headers: { authorization: "token " + minted.token } });
            console.log((await api2("GET /repos/octo-org/vault")).status);
            console.log((await api2("DELETE /installation/token")).status);
            console.log(await failure(api2("GET /repos/octo-org/vault")));
            console.log(await failure(api2("DELETE /installation/token")));
            """);
    assertThat(read.lines())
        .containsExactly(
            "200",
            "204",
            "401 Bad credentials - https://docs.github.com/rest",
            "401 Bad credentials - https://docs.github.com/rest");
  }

  @Test
  void whatTheInstallationHasNotGotIsNotGranted() throws Exception {
    String read =
        octokit(
            Long.toString(APP.id()),
            """
            const mint = (options) => failure(
              auth({ type: "installation", installationId: 99, ...options }));
            console.log(await mint({ permissions: { issues: "write" } }));
            console.log(await mint({ permissions: { actions: "read" } }));
            console.log(await mint({ repositoryNames: ["attic"] }));
            console.log(await failure(auth({ type: "installation", installationId: 98 })));
            """);
    assertThat(read.lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("422 The permissions requested are not granted"),
            line -> assertThat(line).startsWith("422 The permissions requested are not granted"),
            line -> assertThat(line).startsWith("422 There is at least one repository"),
            line -> assertThat(line).startsWith("404 Not Found"));
  }

  @Test
  void anAppOfAnotherKeyIsRefused() throws Exception {
    String read =
        octokit(
            "4712",
            """
            console.log(await failure(auth({ type: "installation", installationId: 99 })));
            """);
    assertThat(read).startsWith("401 Integration not found");
  }
}
