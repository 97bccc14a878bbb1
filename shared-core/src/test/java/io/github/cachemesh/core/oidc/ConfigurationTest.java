package io.github.cachemesh.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.testkit.oidc.JobClaims;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationTest {
  @Test
  void everyIssuerOfGitHubsHasItsKeysAtTheSamePlace() {
    assertThat(Issuer.GITHUB.keys())
        .isEqualTo(URI.create("https://token.actions.githubusercontent.com/.well-known/jwks"));
    assertThat(Issuer.at("https://ghe.example/_services/token").keys())
        .isEqualTo(URI.create("https://ghe.example/_services/token/.well-known/jwks"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ghe.example/jwks",
        "file:///etc/jwks",
        "https:///jwks",
        "https://me:secret@ghe.example/jwks",
        "https://ghe.example/jwks#x",
        "http://127.0.0.1.evil.example/jwks"
      })
  void keysComeByTlsOrFromThisMachine(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Issuer("https://ghe.example", URI.create(url)))
        .withMessageContaining("https://")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ghe.example", "ftp://ghe.example", "https://ghe example"})
  void theIssuerIsAUrl(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Issuer(name, URI.create("https://ghe.example/jwks")))
        .withMessageContaining("'iss'");
  }

  @ParameterizedTest
  @CsvSource({"-1, 60", "301, 60", "60, 0", "60, 3601"})
  void timesHaveBounds(long skewSeconds, long ageSeconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new TokenRules(
                    "https://ghe.example",
                    Duration.ofSeconds(skewSeconds),
                    Duration.ofSeconds(ageSeconds)));
  }

  @Test
  void claimsToTryAPolicyWithAreReadAsATokensAre() {
    TokenClaims claims = TokenClaims.unverified(json(Map.of("environment", "prod")));
    assertThat(claims.environment()).hasValue("prod");
    assertThat(claims).hasToString("run 1 of octo-org/octo-repo (" + claims.repositoryId() + ")");
  }

  @Test
  void claimsThatNoTokenHasAreRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenClaims.unverified(json(Map.of("run_id", "secret"))))
        .withMessageContaining("'run_id'")
        .withMessageNotContaining("secret");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenClaims.unverified("{\"ref\":\"a\",\"ref\":\"b\"}"))
        .withMessageContaining("once");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenClaims.unverified(" ".repeat(16 * 1024 + 1)))
        .withMessageContaining("longer");
  }

  private static String json(Map<String, Object> changes) {
    Map<String, Object> claims = new TreeMap<>(JobClaims.push("octo-org/octo-repo").claims());
    claims.putAll(
        Map.of(
            "iss", "https://ghe.example", "aud", "me", "jti", "1", "iat", 1, "nbf", 1, "exp", 2));
    claims.putAll(changes);
    return JsonMapper.shared().writeValueAsString(claims);
  }
}
