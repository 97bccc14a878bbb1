package io.github.cachemesh.core.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalNamingTest {
  private static final PrincipalNaming NAMING = new PrincipalNaming(new byte[16]);
  private static final Principal OF_TOKEN = named("Bearer ghs_secret");

  private static Principal named(String authorization) {
    return NAMING.of(Fields.of("Authorization", authorization));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"token ghs_secret", "bearer  ghs_secret", "TOKEN ghs_secret "})
  void schemeDoesNotMatter(String authorization) {
    assertThat(named(authorization)).isEqualTo(OF_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-access-token:ghs_secret",
        "ghs_secret:x-oauth-basic",
        "ghs_secret:",
        "ghs_secret"
      })
  void basicIsThePrincipalOfItsToken(String pair) {
    assertThat(named(basic(pair))).isEqualTo(OF_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer ghs_other", "Bearer GHS_SECRET", "Basic !!", "Negotiate ghs_secret"})
  void anotherCredentialIsAnotherPrincipal(String authorization) {
    assertThat(named(authorization)).isNotEqualTo(OF_TOKEN);
  }

  @Test
  void passwordsThatDifferInOneOctetAreDifferentPrincipals() {
    assertThat(named(basic("u:\u00E9"))).isNotEqualTo(named(basic("u:\u00E8")));
  }

  @Test
  void everyAuthorizationLineCounts() {
    Fields two = Fields.of("Authorization", "Bearer ghs_secret", "Authorization", "Bearer other");
    assertThat(NAMING.of(two)).isNotEqualTo(OF_TOKEN);
  }

  @Test
  void cookiesSeparatePrincipals() {
    Fields one = Fields.of("Authorization", "Bearer ghs_secret", "Cookie", "s=1");
    Fields two = Fields.of("Authorization", "Bearer ghs_secret", "Cookie", "s=2");
    assertThat(NAMING.of(one)).isNotIn(OF_TOKEN, NAMING.of(two), Principal.ANONYMOUS);
  }

  @Test
  void cookieIsNotMistakenForAToken() {
    assertThat(NAMING.of(Fields.of("Cookie", "ghs_secret"))).isNotEqualTo(OF_TOKEN);
  }

  @Test
  void whoeverSendsNoCredentialIsAnonymous() {
    assertThat(NAMING.of(Fields.of("Accept", "a"))).isEqualTo(Principal.ANONYMOUS);
    assertThat(named("")).isEqualTo(Principal.ANONYMOUS);
    assertThat(OF_TOKEN).isNotEqualTo(Principal.ANONYMOUS);
  }

  @Test
  void anotherStoreGivesAnotherName() {
    PrincipalNaming other = new PrincipalNaming("another 16 bytes".getBytes(ISO_8859_1));
    assertThat(other.of(Fields.of("Authorization", "Bearer ghs_secret"))).isNotEqualTo(OF_TOKEN);
  }

  @Test
  void nameIs128BitsInHexWithoutTheToken() {
    assertThat(OF_TOKEN.name()).matches("[0-9a-f]{32}");
  }

  @Test
  void shortKeyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PrincipalNaming(new byte[15]))
        .withMessageContaining("15");
  }
}
