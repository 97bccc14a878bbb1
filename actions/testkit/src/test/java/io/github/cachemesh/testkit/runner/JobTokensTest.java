package io.github.cachemesh.testkit.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cachemesh.testkit.clients.Curl;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jobs with {@code id-token: write} request tokens that say what the jobs are. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class JobTokensTest {
  private static final String SHOW =
      "echo \"url ${ACTIONS_ID_TOKEN_REQUEST_URL:+set}, token $ACTIONS_ID_TOKEN_REQUEST_TOKEN\"";

  @TempDir Path root;
  private OidcIssuer issuer;
  private EmulatedRunner runner;

  @BeforeEach
  void start() throws Exception {
    issuer = OidcIssuer.start();
    runner = EmulatedRunner.in(root.resolve("runner")).issuer(issuer);
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private String shown(Job job) throws Exception {
    return runner.run(job.run("show", "sh", "-c", SHOW)).step("show").log();
  }

  @Test
  void onlyAJobThatMayIsToldWhere() throws Exception {
    assertThat(shown(Job.named("a").idTokens())).isEqualTo("url set, token ***\n");
    assertThat(shown(Job.named("a"))).isEqualTo("url , token \n");
  }

  @Test
  void actHasNoTokens() throws Exception {
    runner.flavour(Flavour.ACT);
    assertThat(shown(Job.named("a").idTokens())).isEqualTo("url , token \n");
  }

  @Test
  void theTokenSaysWhatTheJobIs() throws Exception {
    assumeTrue(Curl.find().isAvailable(), Curl.find().reason());
    runner.flavour(Flavour.SELF_HOSTED);
    Path answer = root.resolve("answer.json");
    Job job =
        Job.named("deploy")
            .github("repository", "octo-org/vault")
            .github("repository_id", "74")
            .github("event_name", "release")
            .github("run_id", "815")
            .environment("production")
            .idTokens()
            .run(
                "request",
                "sh",
                "-c",
                "curl -sS -o "
                    + answer
                    + " -H \"Authorization: bearer $ACTIONS_ID_TOKEN_REQUEST_TOKEN\""
                    + " \"$ACTIONS_ID_TOKEN_REQUEST_URL&audience=me\"");
    assertThat(runner.run(job).succeeded()).isTrue();
    String token =
        JsonMapper.shared().readTree(Files.readString(answer)).path("value").stringValue();
    JsonNode claims =
        JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    assertThat(claims.path("aud").stringValue()).isEqualTo("me");
    assertThat(claims.path("repository").stringValue()).isEqualTo("octo-org/vault");
    assertThat(claims.path("repository_id").stringValue()).isEqualTo("74");
    assertThat(claims.path("event_name").stringValue()).isEqualTo("release");
    assertThat(claims.path("run_id").stringValue()).isEqualTo("815");
    assertThat(claims.path("environment").stringValue()).isEqualTo("production");
    assertThat(claims.path("runner_environment").stringValue()).isEqualTo("self-hosted");
  }
}
