package io.github.cachemesh.core.service;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.envelope.KeyKind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LeaseBoxTest {
  private static final String TOKEN = "ghs_0123456789abcdefghijABCDEFGHIJ012345";
  private static final Instant EXPIRES = Instant.parse("2026-01-01T00:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final LeaseBox box = new LeaseBox(KeyKind.DATA.fresh(random), random);

  @Test
  void replicaWithTheKeyOpensTheLeaseOfAnother() {
    Lease lease = Lease.parse(box.seal(leased(TOKEN)).text());

    assertThat(box.open(lease))
        .hasValueSatisfying(
            opened -> {
              assertThat(new String(opened.token(), US_ASCII)).isEqualTo(TOKEN);
              assertThat(opened.name()).isEqualTo("RELEASE_TOKEN");
              assertThat(opened.who()).isEqualTo("run 1");
              assertThat(opened.expires()).isEqualTo(EXPIRES);
            });
  }

  @Test
  void leaseOfAnotherServiceIsNone() {
    Lease lease = new LeaseBox(KeyKind.DATA.fresh(random), random).seal(leased(TOKEN));

    assertThat(box.open(lease)).isEmpty();
  }

  @Test
  void changedLeaseIsNone() {
    String text = box.seal(leased(TOKEN)).text();
    char other = text.charAt(30) == 'A' ? 'B' : 'A';

    assertThat(box.open(Lease.parse(text.substring(0, 30) + other + text.substring(31)))).isEmpty();
    assertThat(box.open(Lease.parse("A"))).isEmpty();
  }

  @Test
  void leaseShowsNothingOfTheToken() {
    Lease lease = box.seal(leased(TOKEN));

    assertThat(lease).hasToString("Lease");
    assertThat(leased(TOKEN).toString()).doesNotContain(TOKEN);
    assertThat(new String(Base64.getUrlDecoder().decode(lease.text()), US_ASCII))
        .doesNotContain("ghs_");
  }

  @Test
  void longestTokenOfGitHubHasALease() {
    assertThat(box.open(box.seal(leased("x".repeat(4_096))))).isPresent();
  }

  private static LeasedToken leased(String token) {
    return new LeasedToken("RELEASE_TOKEN", "run 1", EXPIRES, token.getBytes(US_ASCII));
  }
}
