package io.github.cachemesh.testkit.github;

import static io.github.cachemesh.testkit.github.Reader.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValidatorsTest {
  private static final String REPOSITORY = "/repos/octo-org/repo-1";
  private static final String[] ALICE = {"Authorization", "token alice-secret"};
  private static final String[] BOB = {"Authorization", "Bearer bob-secret"};

  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(30, 20, 10)
            .privateRepository("octo-org/vault")
            .token(Token.user("alice-secret", "alice").reading("octo-org/vault"))
            .token(Token.user("bob-secret", "bob").reading("octo-org/vault"))
            .start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private static String tag(String text) {
    return '"' + EntityTag.sha256Hex(text.getBytes(StandardCharsets.UTF_8)) + '"';
  }

  private HttpResponse<String> conditional(String path, String[] caller, String etag)
      throws Exception {
    return reader.get(path, caller[0], caller[1], "If-None-Match", etag);
  }

  @Test
  void etagFollowsTheFormulaOfTheCaller() throws Exception {
    HttpResponse<String> response = reader.get(REPOSITORY, BOB);
    assertThat(header(response, "ETag")).isEqualTo(tag("Bearer bob-secret:" + response.body()));
  }

  @Test
  void anonymousEtagIgnoresEverythingButAcceptAndBody() throws Exception {
    HttpResponse<String> response = reader.get(REPOSITORY, "Accept", "application/json");
    assertThat(header(response, "ETag")).isEqualTo(tag("application/json:" + response.body()));
    assertThat(header(response, "Vary")).doesNotContain("Authorization");
  }

  @Test
  void computedEtagOfAnotherCallerIsAFreeNotModified() throws Exception {
    String body = reader.get(REPOSITORY, ALICE).body();
    HttpResponse<String> response = conditional(REPOSITORY, BOB, tag("Bearer bob-secret:" + body));
    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(simulator.ledger().pointsCharged("bob")).isZero();
  }

  @Test
  void notModifiedCostsAPointWithoutAuthorization() throws Exception {
    String etag = header(reader.get(REPOSITORY), "ETag");
    assertThat(reader.get(REPOSITORY, "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(simulator.ledger().pointsCharged("anonymous")).isEqualTo(2);
  }

  @Test
  void compressionMakesTheEtagWeak() throws Exception {
    String strong = header(reader.get(REPOSITORY, ALICE), "ETag");
    HttpResponse<String> packed =
        reader.get(REPOSITORY, ALICE[0], ALICE[1], "Accept-Encoding", "gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "ETag")).isEqualTo("W/" + strong);
  }

  @Test
  void curlGetsIndentedJsonWithTheEtagOfTheCompactForm() throws Exception {
    HttpResponse<String> plain = reader.get(REPOSITORY, ALICE);
    HttpResponse<String> pretty =
        reader.get(REPOSITORY, ALICE[0], ALICE[1], "User-Agent", "curl/8.0");
    assertThat(pretty.body()).startsWith("{\n  \"id\": ");
    assertThat(header(pretty, "ETag")).isEqualTo(header(plain, "ETag"));
  }

  @Test
  void contentsHaveGitNamesAsEtagsThoughTheBodyDependsOnTheToken() throws Exception {
    String path = "/repos/octo-org/vault/contents/README.md";
    HttpResponse<String> alice = reader.get(path, ALICE);
    HttpResponse<String> bob = reader.get(path, BOB);
    assertThat(header(alice, "ETag")).matches("\"[0-9a-f]{40}\"").isEqualTo(header(bob, "ETag"));
    assertThat(alice.body()).isNotEqualTo(bob.body()).contains("?token=");
  }

  @Test
  void rawContentIsNamedByItsBlob() throws Exception {
    HttpResponse<String> raw =
        reader.get(REPOSITORY + "/contents/README.md", "Accept", "application/vnd.github.raw+json");
    byte[] bytes = raw.body().getBytes(StandardCharsets.UTF_8);
    assertThat(header(raw, "ETag")).isEqualTo('"' + GitObject.blob(bytes) + '"');
  }

  @Test
  void linkOfAListChangesWhileItsEtagStays() throws Exception {
    String path = REPOSITORY + "/issues/1/comments?per_page=3";
    HttpResponse<String> before = reader.get(path, ALICE);
    reader.send("POST", REPOSITORY + "/issues/1/comments", "{\"body\":\"more\"}", ALICE);
    HttpResponse<String> after = conditional(path, ALICE, header(before, "ETag"));
    assertThat(after.statusCode()).isEqualTo(304);
    assertThat(header(before, "Link")).isEmpty();
    assertThat(header(after, "Link")).contains("rel=\"next\"");
  }

  @Test
  void someNotModifiedAnswersLackEtagOrLink() throws Exception {
    String tags = header(reader.get(REPOSITORY + "/tags", ALICE), "ETag");
    assertThat(header(conditional(REPOSITORY + "/tags", ALICE, tags), "ETag")).isEmpty();
    HttpResponse<String> commits = reader.get(REPOSITORY + "/commits?per_page=5", ALICE);
    assertThat(header(commits, "Link")).isNotEmpty();
    HttpResponse<String> again =
        conditional(REPOSITORY + "/commits?per_page=5", ALICE, header(commits, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(header(again, "Link")).isEmpty();
  }

  @Test
  void modificationDatesBringWrongNotModifiedAnswers() throws Exception {
    String date = header(reader.get(REPOSITORY, ALICE), "Last-Modified");
    reader.send("PATCH", REPOSITORY, "{\"description\":\"other\"}", ALICE);
    assertThat(reader.get(REPOSITORY, BOB[0], BOB[1], "If-Modified-Since", date).statusCode())
        .isEqualTo(304);
  }

  @Test
  void apiVersionChangesTheBodyThoughVaryDoesNotNameIt() throws Exception {
    String path = REPOSITORY + "/issues/1";
    HttpResponse<String> older = reader.get(path, "X-GitHub-Api-Version", "2022-11-28");
    HttpResponse<String> newer = reader.get(path, "X-GitHub-Api-Version", "2026-03-10");
    assertThat(newer.body()).doesNotContain("\"assignee\":").isNotEqualTo(older.body());
    assertThat(header(newer, "Vary")).doesNotContain("Api-Version");
    assertThat(reader.get(path, "X-GitHub-Api-Version", "1999-01-01").statusCode()).isEqualTo(400);
  }

  @Test
  void mediaTypeChangesBodyAndType() throws Exception {
    HttpResponse<String> full =
        reader.get(REPOSITORY + "/issues/1", "Accept", "application/vnd.github.full+json");
    assertThat(full.body()).contains("body_html", "body_text");
    HttpResponse<String> diff =
        reader.get(REPOSITORY + "/pulls/5", "Accept", "application/vnd.github.diff");
    assertThat(header(diff, "Content-Type")).startsWith("application/vnd.github.diff");
    assertThat(diff.body()).startsWith("diff --git");
  }

  @Test
  void headAnswersAsGetWithoutBody() throws Exception {
    HttpResponse<String> get = reader.get(REPOSITORY, ALICE);
    HttpResponse<String> head = reader.send("HEAD", REPOSITORY, "", ALICE);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
    assertThat(header(head, "Content-Length")).isEqualTo(header(get, "Content-Length"));
  }

  @Test
  void touchedDocumentHasAnotherEtag() throws Exception {
    String etag = header(reader.get(REPOSITORY + "/issues/3", ALICE), "ETag");
    simulator.touch(REPOSITORY + "/issues/3");
    assertThat(conditional(REPOSITORY + "/issues/3", ALICE, etag).statusCode()).isEqualTo(200);
  }
}
