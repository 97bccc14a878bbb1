package io.github.cachemesh.core.github;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.github.cachemesh.testkit.github.App;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppKeyTest {
  private static final App APP = App.generate(4711, "app");

  private static byte[] pem(String type, byte[] der) {
    return ("-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + type
            + "-----\n")
        .getBytes(US_ASCII);
  }

  private static KeyPair pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static void assertRefused(byte[] pem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AppKey.parse("1", pem))
        .withMessageContaining("not an App's private key")
        .withNoCause();
  }

  @Test
  void bothFormsOfAKeySignTheSame() {
    Instant now = Instant.parse("2026-11-22T12:00:00Z");
    String downloaded = AppKey.parse("1", APP.privateKeyPem().getBytes(US_ASCII)).jwt(now);
    String converted = AppKey.parse("1", APP.pkcs8Pem().getBytes(US_ASCII)).jwt(now);
    assertThat(downloaded).isEqualTo(converted);
  }

  @Test
  void theSignatureIsTheKeys() throws Exception {
    KeyPair pair = pair("RSA", 2_048);
    AppKey key =
        AppKey.parse("Iv1.8a61f9b3a7aba766", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    SignedJWT jwt = SignedJWT.parse(key.jwt(Instant.now()));
    assertThat(jwt.verify(new RSASSAVerifier((RSAPublicKey) pair.getPublic()))).isTrue();
    assertThat(key).hasToString("AppKey[Iv1.8a61f9b3a7aba766]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1\n2", "<id>"})
  void anIdIsANumberOrAClientId(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AppKey.parse(id, APP.privateKeyPem().getBytes(US_ASCII)))
        .withMessageContaining("client id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n!!!!\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
      })
  void whatIsNoKeyIsRefused(String text) {
    assertRefused(text.getBytes(US_ASCII));
  }

  @Test
  void anotherKindOfKeyIsRefused() throws Exception {
    assertRefused(pem("PRIVATE KEY", pair("EC", 256).getPrivate().getEncoded()));
    assertRefused(pem("PRIVATE KEY", pair("RSA", 1_024).getPrivate().getEncoded()));
    assertRefused(pem("PUBLIC KEY", pair("RSA", 2_048).getPublic().getEncoded()));
    assertRefused(pem("PRIVATE KEY", new byte[100_000]));
  }

  @ParameterizedTest
  @CsvSource({
    "'', read",
    "Contents, read",
    "pull-requests, read",
    "contents, none",
    "contents, ''"
  })
  void aPermissionIsNamedAsInTheApi(String name, String level) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grant(Map.of(name, level), "a/b"))
        .withMessageContaining("'" + name + ": " + level + "'");
  }

  @Test
  void aGrantIsForRepositoriesOfOneOwner() {
    Map<String, String> read = Map.of("contents", "read");
    assertThat(grant(read, "Octo/a", "octo/b").repositories()).hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grant(read, "octo/a", "other/b"))
        .withMessageContaining("one owner");
    assertThatIllegalArgumentException().isThrownBy(() -> grant(read));
    assertThatIllegalArgumentException().isThrownBy(() -> grant(Map.of(), "octo/a"));
  }

  private static AppGrant grant(Map<String, String> permissions, String... repositories) {
    return new AppGrant(
        List.of(repositories).stream().map(RepositoryName::parse).toList(),
        new TreeMap<>(permissions));
  }
}
