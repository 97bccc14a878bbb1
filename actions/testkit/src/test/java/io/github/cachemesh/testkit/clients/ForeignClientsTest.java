package io.github.cachemesh.testkit.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.LedgerEntry;
import io.github.cachemesh.testkit.github.Token;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proves the simulator with clients of GitHub that others wrote. */
class ForeignClientsTest {
  private static final String TOKEN = "alice-secret";

  @TempDir Path folder;
  private GitHubSimulator simulator;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .socket(folder.resolve("gh.sock"))
            .token(Token.user(TOKEN, "alice"))
            .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static <T> T require(Availability<T> client) {
    assumeTrue(client.isAvailable(), client.reason());
    return client.get();
  }

  private String gh(String... arguments) throws Exception {
    Gh gh = require(Gh.find());
    Path config = folder.resolve("gh-config");
    Gh.writeSocketSetting(config, folder.resolve("gh.sock"));
    return gh.run(config, TOKEN, arguments).output();
  }

  private String octokit(String script) throws Exception {
    NodePackages packages =
        require(
            NodePackages.install(
                "@octokit/core@7.0.8",
                "@octokit/plugin-paginate-rest@16.0.0",
                "@octokit/plugin-retry@8.1.1"));
    Map<String, String> environment =
        Map.of("SIMULATOR_URL", simulator.uri().toString(), "SIMULATOR_TOKEN", TOKEN);
    return packages.run(script, environment).output().strip();
  }

  @Test
  void octokitWalksAllPages() throws Exception {
    String count =
        octokit(
            """
            import { Octokit } from "@octokit/core";
            import { paginateRest } from "@octokit/plugin-paginate-rest";
            const octokit = new (Octokit.plugin(paginateRest))({
              baseUrl: process.env.SIMULATOR_URL, auth: process.env.SIMULATOR_TOKEN });
            const issues = await octokit.paginate("GET /repos/{owner}/{repo}/issues",
              { owner: "octo-org", repo: "repo-1", state: "all", per_page: 100 });
            console.log(new Set(issues.map((issue) => issue.number)).size);
            """);
    assertThat(count).isEqualTo("230");
    assertThat(simulator.ledger().pointsCharged("alice")).isEqualTo(3);
  }

  @Test
  void octokitGetsAFreeNotModified() throws Exception {
    String status =
        octokit(
            """
            import { Octokit } from "@octokit/core";
            const octokit = new Octokit({
              baseUrl: process.env.SIMULATOR_URL, auth: process.env.SIMULATOR_TOKEN });
            const first = await octokit.request("GET /repos/octo-org/repo-1");
            try {
              await octokit.request("GET /repos/octo-org/repo-1",
                { headers: { "if-none-match": first.headers.etag } });
            } catch (error) {
              console.log(error.status, error.response.headers["x-ratelimit-used"]);
            }
            """);
    assertThat(status).isEqualTo("304 1");
  }

  @Test
  void octokitRetriesAfterAFrontEndError() throws Exception {
    simulator
        .faults()
        .inject(".*/tags", new io.github.cachemesh.testkit.github.Fault.Status(502), 1);
    String length =
        octokit(
            """
            import { Octokit } from "@octokit/core";
            import { retry } from "@octokit/plugin-retry";
            const octokit = new (Octokit.plugin(retry))({
              baseUrl: process.env.SIMULATOR_URL, retry: { retryAfterBaseValue: 10 } });
            console.log((await octokit.request("GET /repos/octo-org/repo-1/tags")).data.length);
            """);
    assertThat(length).isEqualTo("5");
  }

  @Test
  void ghReadsRestAndFollowsPages() throws Exception {
    assertThat(gh("api", "repos/octo-org/repo-1", "-q", ".full_name").strip())
        .isEqualTo("octo-org/repo-1");
    String numbers =
        gh(
            "api",
            "--paginate",
            "repos/octo-org/repo-1/issues?state=all&per_page=100",
            "-q",
            ".[].number");
    assertThat(numbers.lines()).hasSize(230).doesNotHaveDuplicates();
  }

  @Test
  void ghListsPullsAndIssuesByGraphQl() throws Exception {
    assertThat(gh("pr", "list", "-R", "octo-org/repo-1", "-L", "5").lines())
        .hasSize(5)
        .allMatch(line -> line.contains("OPEN"));
    assertThat(gh("issue", "list", "-R", "octo-org/repo-1", "-L", "150").lines())
        .hasSize((int) simulatorIssues());
    assertThat(gh("repo", "view", "octo-org/repo-1", "--json", "name,description"))
        .contains("\"name\":\"repo-1\"", "The repo-1 project");
  }

  /** What gh itself counts through REST, leaving pull requests out. */
  private long simulatorIssues() throws Exception {
    String filter = ".[] | select(.pull_request == null) | .number";
    long open =
        gh("api", "--paginate", "repos/octo-org/repo-1/issues?per_page=100", "-q", filter)
            .lines()
            .count();
    return Math.min(150, open);
  }

  @Test
  void ghShowsAndDownloadsReleases() throws Exception {
    assertThat(gh("release", "view", "v1.2.0", "-R", "octo-org/repo-1"))
        .contains("tool-v1.2.0.txt");
    gh("release", "download", "v1.2.0", "-R", "octo-org/repo-1", "-D", folder.toString());
    assertThat(Files.size(folder.resolve("tool-v1.2.0.txt"))).isGreaterThan(1_000);
    assertThat(simulator.ledger().requests())
        .anySatisfy(
            entry -> {
              assertThat(entry.host()).isEqualTo("objects.githubusercontent.com");
              assertThat(entry.token()).isEqualTo("anonymous");
            });
  }

  @Test
  void ghCreatesAnIssue() throws Exception {
    String url = gh("issue", "create", "-R", "octo-org/repo-1", "-t", "From gh", "-b", "text");
    assertThat(url.strip()).isEqualTo("https://github.com/octo-org/repo-1/issues/231");
    assertThat(gh("api", "repos/octo-org/repo-1/issues/231", "-q", ".title").strip())
        .isEqualTo("From gh");
  }

  @Test
  void curlComparesEtags() throws Exception {
    Curl curl = require(Curl.find());
    String[] request = {
      "-H",
      "Authorization: Bearer " + TOKEN,
      "--etag-save",
      "etag.txt",
      "--etag-compare",
      "etag.txt",
      "-o",
      "body.json",
      "-w",
      "%{http_code}",
      simulator.uri() + "/repos/octo-org/repo-1"
    };
    assertThat(curl.run(folder, request).output()).isEqualTo("200");
    assertThat(Files.readString(folder.resolve("body.json"))).startsWith("{\n  \"id\"");
    assertThat(curl.run(folder, request).output()).isEqualTo("304");
    assertThat(simulator.ledger().pointsCharged("alice")).isEqualTo(1);
  }

  @Test
  void goClientGetsFreeNotModifiedAnswers() throws Exception {
    Go go = require(Go.find());
    Map<String, String> environment =
        Map.of("SIMULATOR_URL", simulator.uri().toString(), "SIMULATOR_TOKEN", TOKEN);
    Path module = Path.of("src/test/go").toAbsolutePath();
    assertThat(go.run(module, environment, "test", "-count=1", "./...").output()).contains("ok");
    List<LedgerEntry> unchanged = simulator.ledger().requests(entry -> entry.status() == 304);
    assertThat(unchanged).isNotEmpty().allSatisfy(entry -> assertThat(entry.points()).isZero());
  }
}
