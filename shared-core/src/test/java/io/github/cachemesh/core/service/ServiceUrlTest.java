package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cachemesh.core.envelope.HpkeIdentity;
import io.github.cachemesh.core.envelope.HpkeRecipient;
import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://Credentials.Example/, https://credentials.example",
    "HTTPS://credentials.example:443, https://credentials.example",
    "https://credentials.example:8443/a/b//, https://credentials.example:8443/a/b",
    "https://[::1]:8443, https://[::1]:8443"
  })
  void serviceHasOneSpelling(String url, String spelling) {
    assertThat(ServiceUrl.of(URI.create(url))).hasToString(spelling);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://credentials.example",
        "https://user:secret@credentials.example",
        "https://credentials.example/?token=secret",
        "https://credentials.example/#secret",
        "https:credentials",
        "credentials.example"
      })
  void otherUrlsAreRefusedAndNotQuoted(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServiceUrl.of(URI.create(url)))
        .withMessageStartingWith("the service's URL is https://HOST")
        .withMessageNotContaining("secret");
  }

  @Test
  void audienceNamesTheServiceAndTheHashOfTheKey() throws Exception {
    try (HpkeIdentity identity = HpkeIdentity.fresh(new SecureRandom())) {
      HpkeRecipient recipient = identity.recipient();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(recipient.bytes());

      assertThat(ServiceUrl.of(URI.create("https://c.example/")).audience(recipient))
          .isEqualTo(
              "https://c.example#" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    }
  }
}
