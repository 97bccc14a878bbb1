package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.core.envelope.EnvelopeException.Fault;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  /** RFC 8032, 7.1. */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  void publishedVectorsHold(String seed, String verifying, String message, String signature)
      throws Exception {
    try (SigningKey key = KeyKind.SIGNING.of(hex(seed))) {
      assertThat(key.verifyingKey()).isEqualTo(VerifyingKey.of(hex(verifying)));
      assertThat(key.sign(hex(message))).isEqualTo(hex(signature));
      assertThat(key.verifyingKey().verifies(hex(message), hex(signature))).isTrue();
    }
  }

  @Test
  void signaturesAreThoseOfTheJdk() throws Exception {
    byte[] seed = SecretBytes.random(Key.BYTES, new SecureRandom());
    KeyFactory keys = KeyFactory.getInstance("Ed25519");
    Signature jdk = Signature.getInstance("Ed25519");
    try (SigningKey key = KeyKind.SIGNING.of(seed)) {
      jdk.initSign(keys.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
      jdk.update(MESSAGE);
      assertThat(key.sign(MESSAGE)).isEqualTo(jdk.sign());

      byte[] encoded =
          hex("302a300506032b6570032100" + HexFormat.of().formatHex(key.verifyingKey().bytes()));
      PublicKey verifying = keys.generatePublic(new X509EncodedKeySpec(encoded));
      jdk.initVerify(verifying);
      jdk.update(MESSAGE);
      assertThat(jdk.verify(key.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void everyChangedBitOfASignatureIsFound() {
    try (SigningKey key = KeyKind.SIGNING.fresh(new SecureRandom())) {
      byte[] signature = key.sign(MESSAGE);
      for (int bit = 0; bit < signature.length * Byte.SIZE; bit++) {
        byte[] changed = signature.clone();
        changed[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        assertThat(key.verifyingKey().verifies(MESSAGE, changed)).isFalse();
      }
    }
  }

  @Test
  void signatureOfAnotherLengthMessageOrKeyDoesNotVerify() {
    try (SigningKey key = KeyKind.SIGNING.fresh(new SecureRandom());
        SigningKey other = KeyKind.SIGNING.fresh(new SecureRandom())) {
      byte[] signature = key.sign(MESSAGE);
      assertThat(key.verifyingKey().verifies(MESSAGE, new byte[0])).isFalse();
      assertThat(key.verifyingKey().verifies(MESSAGE, java.util.Arrays.copyOf(signature, 65)))
          .isFalse();
      assertThat(key.verifyingKey().verifies(new byte[0], signature)).isFalse();
      assertThat(other.verifyingKey().verifies(MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void verifyingKeyIsItsText() throws Exception {
    try (SigningKey key = KeyKind.SIGNING.fresh(new SecureRandom())) {
      VerifyingKey verifying = key.verifyingKey();
      assertThat(VerifyingKey.parse(verifying.toString())).isEqualTo(verifying);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "not base64!",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp",
        "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      })
  void otherTextsAndPointsOfSmallOrderAreNoKey(String text) {
    assertThat(Refusal.of(() -> VerifyingKey.parse(text))).isEqualTo(Fault.MALFORMED);
  }
}
