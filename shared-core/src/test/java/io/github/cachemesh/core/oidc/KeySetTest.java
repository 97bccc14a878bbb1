package io.github.cachemesh.core.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {
  private static RSAKey key;

  @BeforeAll
  static void makeKey() throws Exception {
    key = new RSAKeyGenerator(2_048).generate();
  }

  private static RSAKey key(String id, KeyUse use, Algorithm algorithm) {
    return new RSAKey.Builder(key).keyID(id).keyUse(use).algorithm(algorithm).build();
  }

  private static KeySet set(JWK... keys) throws ParseException {
    return KeySet.parse(new JWKSet(List.of(keys)).toString());
  }

  private static void assertRefused(String json) {
    assertThatExceptionOfType(ParseException.class).isThrownBy(() -> KeySet.parse(json));
  }

  @Test
  void onlyKeysForRs256AreTaken() throws Exception {
    KeySet set =
        set(
            key("plain", null, null),
            key("usual", KeyUse.SIGNATURE, JWSAlgorithm.RS256),
            key("encrypts", KeyUse.ENCRYPTION, null),
            key("other", null, JWSAlgorithm.PS256),
            new RSAKey.Builder(key).build(),
            new ECKeyGenerator(Curve.P_256).keyID("curve").generate());
    assertThat(set.find("plain")).hasValue(key.toRSAPublicKey());
    assertThat(set.find("usual")).isPresent();
    assertThat(set.find("encrypts")).isEmpty();
    assertThat(set.find("other")).isEmpty();
    assertThat(set.find("curve")).isEmpty();
    assertThat(set.find("")).isEmpty();
  }

  @Test
  void twoKeysOfOneIdAreRefused() {
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> set(key("a", null, null), key("a", KeyUse.SIGNATURE, null)))
        .withMessage("two keys of one id");
  }

  @Test
  void tooManyKeysAreRefused() {
    JWK[] many = new JWK[65];
    for (int i = 0; i < many.length; i++) {
      many[i] = key("k" + i, null, null);
    }
    assertThatExceptionOfType(ParseException.class)
        .isThrownBy(() -> set(many))
        .withMessage("more than 64 keys");
  }

  @Test
  void aShortKeyIsNoKey() throws Exception {
    byte[] modulus = new byte[128];
    modulus[0] = (byte) 0xC0;
    modulus[127] = 1;
    assertRefused(json(Base64.getUrlEncoder().withoutPadding().encodeToString(modulus), "AQAB"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"AQ", "AA", "Ag", "____________"})
  void anExponentThatIsNoneOfRsasIsRefused(String exponent) {
    assertRefused(json(key.getModulus().toString(), exponent));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"keys\":1}",
        "{\"keys\":[]}",
        "{\"keys\":[1]}",
        "{\"keys\":[{\"kty\":\"RSA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"\",\"e\":\"\"}]}"
      })
  void whatIsNoKeySetIsRefused(String json) {
    assertRefused(json);
  }

  private static String json(String modulus, String exponent) {
    return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"a\",\"n\":\"%s\",\"e\":\"%s\"}]}"
        .formatted(modulus, exponent);
  }
}
