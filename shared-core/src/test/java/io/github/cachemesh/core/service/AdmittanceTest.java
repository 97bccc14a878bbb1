package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.audit.AuditLog;
import io.github.cachemesh.core.audit.AuditVerdict;
import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.MacKey;
import io.github.cachemesh.core.oidc.Issuer;
import io.github.cachemesh.core.oidc.RemoteKeys;
import io.github.cachemesh.core.oidc.ReplayRecord;
import io.github.cachemesh.core.oidc.TokenRules;
import io.github.cachemesh.core.oidc.TokenVerifier;
import io.github.cachemesh.testkit.oidc.JobClaims;
import io.github.cachemesh.testkit.oidc.OidcIssuer;
import io.github.cachemesh.testkit.oidc.TokenForge;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often somebody may come, by a clock that stands still. */
class AdmittanceTest {
  private static final int STRANGERS = 3;
  private static final int REPOSITORY = 2;

  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();
  private final MacKey key = KeyKind.MAC.fresh(random);
  private OidcIssuer issuer;
  private AuditLog audit;
  private Admittance admittance;

  @BeforeEach
  void open() throws Exception {
    issuer = OidcIssuer.start();
    audit = new AuditLog(folder.resolve("audit"), key, Clock.systemUTC());
    Issuer trusted = new Issuer(issuer.uri().toString(), issuer.keys());
    admittance =
        new Admittance(
            TestService.URL,
            new TokenVerifier(
                TokenRules.of(trusted),
                new RemoteKeys(trusted, new OkHttpClient()),
                Clock.systemUTC()),
            ReplayRecord.in(folder.resolve("replay"), Clock.systemUTC()),
            audit,
            new RateLimit(STRANGERS, () -> 0),
            new RateLimit(REPOSITORY, () -> 0));
  }

  @AfterEach
  void close() {
    issuer.close();
    key.close();
  }

  @Test
  void strangerWhoIsRefusedAgainAndAgainDoesNotFillTheLogNorHoldUpJobs() throws Exception {
    for (int i = 0; i < STRANGERS; i++) {
      assertThat(admit("octo-org/app", AdmittanceTest::forged))
          .isInstanceOf(Admittance.Result.Refused.class);
    }

    assertThat(admit("octo-org/app", AdmittanceTest::forged))
        .isInstanceOf(Admittance.Result.Limited.class);
    assertThat(logged()).isEqualTo(STRANGERS);
    assertThat(admit("octo-org/app", TokenForge::good))
        .isInstanceOf(Admittance.Result.Admitted.class);
  }

  @Test
  void repositoryThatAsksTooOftenDoesNotHoldUpAnother() throws Exception {
    for (int i = 0; i < REPOSITORY; i++) {
      assertThat(admit("octo-org/app", TokenForge::good))
          .isInstanceOf(Admittance.Result.Admitted.class);
    }

    assertThat(admit("octo-org/app", TokenForge::good))
        .isInstanceOf(Admittance.Result.Limited.class);
    assertThat(admit("octo-org/other", TokenForge::good))
        .isInstanceOf(Admittance.Result.Admitted.class);
  }

  private static String forged(TokenForge forge) {
    return forge.with("iss", "https://issuer.example");
  }

  private Admittance.Result admit(String repository, Function<TokenForge, String> token)
      throws Exception {
    try (HpkeIdentity identity = HpkeIdentity.fresh(random)) {
      TokenForge forge =
          issuer.forge(JobClaims.push(repository), TestService.URL.audience(identity.recipient()));
      return admittance.admit(
          new Asking.ForCredentials(
              "request", identity.recipient(), List.of("KEY"), token.apply(forge)),
          "192.0.2.1");
    }
  }

  private long logged() throws Exception {
    return audit.read(_ -> {}) instanceof AuditVerdict.Intact intact ? intact.head().seq() : -1;
  }
}
