package io.github.cachemesh.core.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.testkit.oidc.JobClaims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CredentialsExplainCommandTest {
  @TempDir Path folder;
  private Path policy;
  private Path claims;

  @BeforeEach
  void write() throws Exception {
    JobClaims job = JobClaims.push("octo-org/app").environment("staging");
    policy =
        Files.writeString(
            folder.resolve("policy.yml"),
            """
            version: 1
            grants:
              - id: production
                who: {repository_id: %1$s, environment: production}
                what: KEY
                export: env
              - id: staging
                who: {repository_id: %1$s, environment: staging}
                what: [KEY, OTHER_*]
                lasts: 10m
                export: file
            """
                .formatted(job.text("repository_id")));
    Map<String, Object> all = new TreeMap<>(job.claims());
    all.putAll(Map.of("iss", "https://i.example", "aud", "a", "jti", "j"));
    all.putAll(Map.of("iat", 1_700_000_000, "nbf", 1_700_000_000, "exp", 1_700_000_900));
    claims =
        Files.writeString(
            folder.resolve("claims.json"), JsonMapper.shared().writeValueAsString(all));
  }

  @Test
  void nameThatIsGivenIsShownWithItsGrantAndThoseThatWerePassedOver() {
    CommandRun run = explain("--claims", claims.toString(), "KEY");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            KEY  given        grant staging: file, for 600 s
            KEY  passed over  grant production: environment is staging, wanted [production]
            """);
  }

  @Test
  void nameThatIsNotGivenIsShownWithEveryReason() {
    CommandRun run = explain("--claims", claims.toString(), "NONE");

    assertThat(run.exitCode()).isOne();
    assertThat(run.out())
        .contains("NONE  not given  grant production: it names [KEY]")
        .contains("NONE  not given  grant staging: it names [KEY, OTHER_*]");
  }

  @Test
  void withoutNamesEveryGrantIsShown() {
    CommandRun run = explain("--claims", claims.toString());

    assertThat(run.exitCode()).isOne();
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out()).contains("staging [KEY, OTHER_*]  given      grant staging: file");
  }

  @Test
  void tokenIsReadAndNotVerified() throws Exception {
    String payload =
        Base64.getUrlEncoder().withoutPadding().encodeToString(Files.readAllBytes(claims));
    Path token = Files.writeString(folder.resolve("token"), "e30." + payload + ".c2ln\n");

    assertThat(explain("--token", token.toString(), "OTHER_ONE").exitCode()).isZero();
  }

  @Test
  void whatIsNoTokenIsRefusedAndNotQuoted() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "e30.sec!ret.c2ln");

    CommandRun run = explain("--token", token.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--token").doesNotContain("sec!ret");
  }

  @Test
  void wrongPolicyIsRefusedByPlace() throws Exception {
    Files.write(policy, "version: 1\ngrants: [{id: a}]".getBytes(UTF_8));

    CommandRun run = explain("--claims", claims.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("policy.yml: grants[0]: 'who' is missing");
  }

  private CommandRun explain(String... arguments) {
    String[] all = new String[arguments.length + 4];
    System.arraycopy(
        new String[] {"credentials", "explain", "--policy", policy.toString()}, 0, all, 0, 4);
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return CommandRun.of(folder, all);
  }
}
