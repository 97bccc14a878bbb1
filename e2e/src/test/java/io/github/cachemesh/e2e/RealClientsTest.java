package io.github.cachemesh.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.clients.Availability;
import io.github.cachemesh.testkit.clients.ClientRun;
import io.github.cachemesh.testkit.clients.Curl;
import io.github.cachemesh.testkit.clients.Gh;
import io.github.cachemesh.testkit.clients.NodePackages;
import io.github.cachemesh.testkit.github.GitHubSimulator;
import io.github.cachemesh.testkit.github.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** gh, octokit and curl get through the node what they get from GitHub, and pay less for it. */
final class RealClientsTest {
  private static final String REPOSITORY = "octo-org/repo-1";
  private static final String SECRET = "octo-org/secret-1";
  private static final Token FIRST =
      token("first", "ghs_firstJobToken000000000000001").reading(SECRET);
  private static final Token SECOND =
      token("second", "ghs_secondJobToken00000000000002").reading(SECRET);
  private static final Token OUTSIDER = token("outsider", "ghs_outsiderToken0000000000000003");

  private static final String OCTOKIT =
      """
      import { Octokit } from "octokit";
      const octokit = new Octokit({ auth: process.env.TOKEN, baseUrl: process.env.API });
      const issues = await octokit.paginate(octokit.rest.issues.listForRepo, { owner: "octo-org", repo: "repo-1", per_page: 7 });
      console.log(issues.map((issue) => issue.number).join(","));
      """;

  @TempDir private Path folder;

  private GitHubSimulator github;
  private RunningNode node;

  private static Token token(String id, String value) {
    return Token.workflow(value, REPOSITORY).named(id);
  }

  @BeforeEach
  void start() throws Exception {
    github =
        GitHubSimulator.builder()
            .privateRepository(SECRET)
            .publicBase(URI.create("https://api.github.com"))
            .token(FIRST)
            .token(SECOND)
            .token(OUTSIDER)
            .start();
    node = RunningNode.inFrontOf(github, folder, "revalidate");
  }

  @AfterEach
  void stop() {
    node.close();
    github.close();
  }

  private static <T> T available(Availability<T> client) {
    assumeTrue(client.isAvailable(), client.reason());
    return client.get();
  }

  private String gh(Token token, String... arguments) throws IOException {
    return available(Gh.find()).run(node.ghConfig(), token.value(), arguments).output();
  }

  @Test
  void ghReadsWithAnotherTokenForNothing() throws IOException {
    String first = gh(FIRST, "api", "repos/" + REPOSITORY + "/issues");

    String second = gh(SECOND, "api", "repos/" + REPOSITORY + "/issues");

    assertThat(second).isEqualTo(first);
    assertThat(github.ledger().pointsCharged("first")).isEqualTo(1);
    assertThat(github.ledger().pointsCharged("second")).isZero();
  }

  @Test
  void ghSeesAChangeAtOnce() throws IOException {
    String before = gh(FIRST, "api", "repos/" + REPOSITORY, "--jq", ".touched");
    github.touch("/repos/" + REPOSITORY);

    assertThat(gh(SECOND, "api", "repos/" + REPOSITORY, "--jq", ".touched")).isNotEqualTo(before);
  }

  @Test
  void ghReadsAllPagesForNothingTheSecondTime() throws IOException {
    String path = "repos/" + REPOSITORY + "/issues?per_page=7";
    String first = gh(FIRST, "api", "--paginate", path, "--jq", ".[].number");

    String second = gh(SECOND, "api", "--paginate", path, "--jq", ".[].number");

    assertThat(second).isEqualTo(first);
    assertThat(first.lines().count()).isGreaterThan(7);
    assertThat(github.ledger().pointsCharged("second")).isZero();
  }

  @Test
  void ghListsPullRequestsAndIssuesByGraphQl() throws IOException {
    assertThat(gh(FIRST, "pr", "list", "--repo", REPOSITORY, "--json", "number"))
        .contains("number");
    assertThat(gh(FIRST, "issue", "list", "--repo", REPOSITORY, "--json", "number"))
        .contains("number");
  }

  @Test
  void ghDownloadsAReleaseThroughTheStorageHost() throws IOException {
    Path target = Files.createDirectory(folder.resolve("download"));

    gh(
        FIRST,
        "release",
        "download",
        "--pattern",
        "*",
        "--repo",
        REPOSITORY,
        "--dir",
        target.toString());

    try (var files = Files.list(target)) {
      assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }
  }

  @Test
  void ghWritesAndReadsWhatItWrote() throws IOException {
    gh(FIRST, "api", "repos/" + REPOSITORY + "/issues?per_page=1");

    gh(FIRST, "api", "repos/" + REPOSITORY + "/issues", "-f", "title=Through the node");

    assertThat(
            gh(SECOND, "api", "repos/" + REPOSITORY + "/issues?per_page=1", "--jq", ".[0].title"))
        .isEqualToIgnoringNewLines("Through the node");
  }

  @Test
  void aPrivateRepositoryStaysPrivate() throws IOException {
    gh(FIRST, "api", "repos/" + SECRET);

    ClientRun outsider =
        available(Gh.find()).run(node.ghConfig(), OUTSIDER.value(), "api", "repos/" + SECRET);

    assertThat(outsider.succeeded()).isFalse();
    assertThat(outsider.stderr()).contains("HTTP 404");
    assertThat(outsider.stdout()).doesNotContain("secret-1");
  }

  @Test
  void octokitFollowsTheLinksThroughTheBaseUrlForNothingTheSecondTime() throws IOException {
    NodePackages octokit = available(NodePackages.install("octokit@5.0.5"));
    String first = octokit.run(OCTOKIT, Map.of("TOKEN", FIRST.value(), "API", node.url())).output();

    String second =
        octokit.run(OCTOKIT, Map.of("TOKEN", SECOND.value(), "API", node.url())).output();

    assertThat(second).isEqualTo(first);
    assertThat(first.split(",")).hasSizeGreaterThan(7);
    assertThat(github.ledger().pointsCharged("second")).isZero();
  }

  @Test
  void curlReadsByUrlAndBySocket() throws IOException {
    Curl curl = available(Curl.find());
    String authorization = "Authorization: Bearer " + FIRST.value();
    String path = "/repos/" + REPOSITORY + "/labels";
    String byUrl = curl.run(folder, "-f", "-H", authorization, node.url() + path).output();

    ClientRun bySocket =
        curl.run(
            folder,
            "-f",
            "-D",
            "headers",
            "--unix-socket",
            node.socket().toString(),
            "-H",
            "Authorization: token " + SECOND.value(),
            "http://api.github.com" + path);

    assertThat(bySocket.output()).isEqualTo(byUrl);
    assertThat(folder.resolve("headers"))
        .content()
        .contains("cachemesh; fwd=stale; fwd-status=304");
    assertThat(github.ledger().pointsCharged("second")).isZero();
  }

  @Test
  void curlKeepsItsOwnEtagAcrossJobs() throws IOException {
    Curl curl = available(Curl.find());
    String[] read = {
      "-f",
      "--etag-save",
      "etag",
      "--etag-compare",
      "etag",
      "-w",
      "%{http_code}",
      "-o",
      "body",
      "-H",
      "Authorization: Bearer " + FIRST.value(),
      node.url() + "/repos/" + REPOSITORY
    };
    Files.createFile(folder.resolve("etag"));
    assertThat(curl.run(folder, read).output()).isEqualTo("200");

    assertThat(curl.run(folder, read).output()).isEqualTo("304");
  }
}
