package io.github.cachemesh.testkit.github;

import static io.github.cachemesh.testkit.github.Reader.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AccessAndChangeTest {
  private static final String REPOSITORY = "/repos/octo-org/repo-1";
  private static final String[] ALICE = {"Authorization", "token alice-secret"};
  private static final String[] READER = {"Authorization", "token reader-secret"};

  private GitHubSimulator simulator;
  private Reader reader;

  @BeforeEach
  void start() throws Exception {
    simulator =
        GitHubSimulator.builder()
            .sizes(10, 5, 10)
            .privateRepository("octo-org/vault")
            .token(Token.user("alice-secret", "alice").reading("octo-org/vault"))
            .token(Token.user("reader-secret", "reader").scoped("read:org"))
            .start();
    reader = new Reader(simulator);
  }

  @AfterEach
  void stop() {
    reader.close();
    simulator.close();
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.MAPPER.readTree(response.body());
  }

  @Test
  void privateRepositoryDoesNotExistForOthers() throws Exception {
    assertThat(reader.get("/repos/octo-org/vault", ALICE).statusCode()).isEqualTo(200);
    assertThat(reader.get("/repos/octo-org/vault", READER).statusCode()).isEqualTo(404);
    assertThat(reader.get("/repos/octo-org/vault").statusCode()).isEqualTo(404);
    assertThat(reader.get("/user/repos", READER).body()).doesNotContain("vault");
  }

  @Test
  void repositoryMadePrivateVanishesForOthers() throws Exception {
    simulator.setPrivate("octo-org/repo-1", true);
    assertThat(reader.get(REPOSITORY, READER).statusCode()).isEqualTo(404);
  }

  @Test
  void tokensAreTakenInEverySchemeAndUnknownOnesRefused() throws Exception {
    String basic = Base64.getEncoder().encodeToString("x:alice-secret".getBytes());
    for (String sent :
        new String[] {"Bearer alice-secret", "TOKEN alice-secret", "Basic " + basic}) {
      assertThat(reader.get("/user", "Authorization", sent).body()).contains("\"alice\"");
    }
    assertThat(reader.get("/user", "Authorization", "token wrong").statusCode()).isEqualTo(401);
  }

  @Test
  void ledgerNamesTokensButNeverHoldsTheirValues() throws Exception {
    reader.get(REPOSITORY, ALICE);
    assertThat(simulator.ledger().requests())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.token()).isEqualTo("alice");
              assertThat(entry.points()).isEqualTo(1);
            });
    String control = reader.get("/_simulator/ledger").body();
    assertThat(control).contains("\"token\":\"alice\"").doesNotContain("alice-secret");
    assertThat(simulator.ledger().count()).isEqualTo(1);
  }

  @Test
  void permissionsInTheBodyDependOnTheToken() throws Exception {
    assertThat(json(reader.get(REPOSITORY, ALICE)).at("/permissions/push").asBoolean()).isTrue();
    assertThat(json(reader.get(REPOSITORY, READER)).at("/permissions/push").asBoolean()).isFalse();
    assertThat(json(reader.get(REPOSITORY)).has("permissions")).isFalse();
  }

  @Test
  void createdIssueIsRead() throws Exception {
    HttpResponse<String> created =
        reader.send("POST", REPOSITORY + "/issues", "{\"title\":\"New\"}", ALICE);
    assertThat(created.statusCode()).isEqualTo(201);
    URI location = URI.create(header(created, "Location"));
    assertThat(json(reader.get(location.getPath())).path("title").asString()).isEqualTo("New");
    reader.send("PATCH", location.getPath(), "{\"state\":\"closed\"}", ALICE);
    assertThat(json(reader.get(location.getPath())).path("state").asString()).isEqualTo("closed");
  }

  @Test
  void badWritesAreRefused() throws Exception {
    String labels = REPOSITORY + "/labels";
    assertThat(reader.send("POST", labels, "{}", ALICE).statusCode()).isEqualTo(422);
    HttpResponse<String> twice = reader.send("POST", labels, "{\"name\":\"bug\"}", ALICE);
    assertThat(twice.body()).contains("already_exists");
    assertThat(reader.send("POST", labels, "nonsense", ALICE).statusCode()).isEqualTo(400);
    assertThat(reader.send("POST", labels, "{\"name\":\"x\"}", READER).statusCode()).isEqualTo(403);
    assertThat(reader.send("POST", labels, "{\"name\":\"x\"}").statusCode()).isEqualTo(401);
  }

  @Test
  void writtenFileIsReadAndCommitted() throws Exception {
    String path = REPOSITORY + "/contents/new.txt";
    String content = Base64.getEncoder().encodeToString("hello".getBytes());
    String body = "{\"message\":\"Add\",\"content\":\"" + content + "\"}";
    assertThat(reader.send("PUT", path, body, ALICE).statusCode()).isEqualTo(201);
    assertThat(reader.get(path, "Accept", "application/vnd.github.raw").body()).isEqualTo("hello");
    assertThat(json(reader.get(REPOSITORY + "/commits")).at("/0/commit/message").asString())
        .isEqualTo("Add");
    assertThat(reader.send("PUT", path, body, ALICE).statusCode()).isEqualTo(422);
  }

  @Test
  void uploadedAssetIsDownloadedThroughASignedUrl() throws Exception {
    String release = json(reader.get(REPOSITORY + "/releases/latest")).path("id").asString();
    String uploads = "/_host/uploads.github.com" + REPOSITORY + "/releases/" + release;
    HttpResponse<String> asset =
        reader.send("POST", uploads + "/assets?name=a.txt", "content", ALICE);
    assertThat(asset.statusCode()).isEqualTo(201);
    String path = REPOSITORY + "/releases/assets/" + json(asset).path("id").asString();
    HttpResponse<String> redirect = reader.get(path, "Accept", "application/octet-stream");
    assertThat(redirect.statusCode()).isEqualTo(302);
    String signed = header(redirect, "Location").substring(simulator.uri().toString().length());
    assertThat(signed).startsWith("/_host/objects.githubusercontent.com/");
    assertThat(reader.get(signed).body()).isEqualTo("content");
    assertThat(reader.get(signed.replace("sig=", "sig=0")).statusCode()).isEqualTo(403);
  }

  @Test
  void resetBringsTheStartBack() throws Exception {
    String before = reader.get(REPOSITORY).body();
    reader.send("PATCH", REPOSITORY, "{\"description\":\"other\"}", ALICE);
    reader.send("POST", "/_simulator/reset", "");
    assertThat(reader.get(REPOSITORY).body()).isEqualTo(before);
    assertThat(simulator.ledger().count()).isEqualTo(1);
  }

  @Test
  void urlsAreThoseOfGitHubForItsOwnHosts() {
    HttpHeaders headers = new DefaultHttpHeaders().add("Host", "api.github.com");
    ApiRequest request = ApiRequest.of("GET", "/", headers, new byte[0], "local");
    PublicUrls urls = PublicUrls.of(request, Optional.empty(), false);
    assertThat(urls.rewrite("https://api.github.com/x")).isEqualTo("https://api.github.com/x");
  }

  @Test
  void graphQlAnswersErrorsWith200() throws Exception {
    String query =
        "{\"query\":\"{viewer{login}"
            + " repository(owner:\\\"octo-org\\\",name:\\\"vault\\\"){name}}\"}";
    HttpResponse<String> alice = reader.send("POST", "/graphql", query, ALICE);
    assertThat(json(alice).at("/data/repository/name").asString()).isEqualTo("vault");
    HttpResponse<String> other = reader.send("POST", "/graphql", query, READER);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(json(other).at("/errors/0/type").asString()).isEqualTo("NOT_FOUND");
    assertThat(json(other).at("/data/viewer/login").asString()).isEqualTo("reader");
  }
}
