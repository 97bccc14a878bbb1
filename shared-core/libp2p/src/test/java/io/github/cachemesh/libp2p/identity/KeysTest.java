package io.github.cachemesh.libp2p.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final byte[] MESSAGE = "Libp2p is the _best_!".getBytes(UTF_8);

  @ParameterizedTest
  @CsvFileSource(resources = "key-pairs.csv", maxCharsPerColumn = 16_384)
  void publishedKeysAreReadAndWritten(KeyType type, String privateHex, String publicHex) {
    PrivateKey privateKey = PrivateKey.decode(hex(privateHex));
    PublicKey publicKey = PublicKey.decode(hex(publicHex));

    assertThat(privateKey.type()).isEqualTo(type);
    assertThat(privateKey.encoded()).isEqualTo(hex(privateHex));
    assertThat(publicKey.encoded()).isEqualTo(hex(publicHex));
    assertThat(privateKey.publicKey()).isEqualTo(publicKey).hasSameHashCodeAs(publicKey);
  }

  @ParameterizedTest
  @CsvFileSource(resources = "key-pairs.csv", maxCharsPerColumn = 16_384)
  void publishedKeysSignAndVerify(KeyType type, String privateHex, String publicHex) {
    byte[] signature = PrivateKey.decode(hex(privateHex)).sign(MESSAGE);

    assertThat(PublicKey.decode(hex(publicHex)).verify(MESSAGE, signature)).isTrue();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "signatures.csv", maxCharsPerColumn = 16_384)
  void publishedSignatureIsVerified(
      KeyType type, String privateHex, String publicHex, String signatureHex) {
    PublicKey key = PublicKey.decode(hex(publicHex));

    assertThat(key.type()).isEqualTo(type);
    assertThat(key.verify(MESSAGE, hex(signatureHex))).isTrue();
    assertThat(key.verify("another message".getBytes(UTF_8), hex(signatureHex))).isFalse();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "signatures.csv", maxCharsPerColumn = 16_384)
  void signatureWithoutRandomnessIsAsGoMakesIt(
      KeyType type, String privateHex, String publicHex, String signatureHex) {
    byte[] signature = PrivateKey.decode(hex(privateHex)).sign(MESSAGE);

    if (type == KeyType.ECDSA) {
      assertThat(signature).as("random").isNotEqualTo(hex(signatureHex));
    } else {
      assertThat(signature).isEqualTo(hex(signatureHex));
    }
  }

  /** From RFC 8032, section 7.1, test 2. */
  @Test
  void ed25519SignsAsPublished() {
    String seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    String publicKey = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
    PrivateKey key = PrivateKey.decode(hex("08011240" + seed + publicKey));

    assertThat(key.sign(hex("72")))
        .isEqualTo(
            hex(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
  }

  @Test
  void ed25519KeyWithItsPublicKeyTwiceIsReadAsOnce() {
    PrivateKey key = PrivateKey.generate(KeyType.ED25519);
    byte[] twice = Arrays.copyOf(key.raw(), 96);
    System.arraycopy(key.publicKey().raw(), 0, twice, 64, 32);

    PrivateKey read = PrivateKey.decode(new KeyMessage(KeyType.ED25519, twice).encoded());

    assertThat(read).isEqualTo(key);
    assertThat(read.encoded()).isEqualTo(key.encoded());
  }

  @ParameterizedTest
  @EnumSource
  void newKeySignsAndComesBackFromItsEncoding(KeyType type) {
    PrivateKey key = PrivateKey.generate(type);

    PrivateKey read = PrivateKey.decode(key.encoded());
    assertThat(read).isEqualTo(key);
    assertThat(read.encoded()).isEqualTo(key.encoded());
    assertThat(PublicKey.decode(key.publicKey().encoded())).isEqualTo(key.publicKey());
    assertThat(key.publicKey().verify(MESSAGE, read.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoSignatureIsNotVerified(KeyType type) {
    PrivateKey key = PrivateKey.generate(type);
    PublicKey publicKey = key.publicKey();
    byte[] signature = key.sign(MESSAGE);

    assertThat(publicKey.verify(MESSAGE, new byte[0])).isFalse();
    assertThat(publicKey.verify(MESSAGE, new byte[64])).isFalse();
    assertThat(publicKey.verify(MESSAGE, new byte[10_000])).isFalse();
    assertThat(publicKey.verify(MESSAGE, Arrays.copyOf(signature, signature.length - 1))).isFalse();
    assertThat(publicKey.verify(MESSAGE, Arrays.copyOf(signature, signature.length + 1))).isFalse();
    signature[signature.length / 2] ^= 1;
    assertThat(publicKey.verify(MESSAGE, signature)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3006020101020100", "3006020100020101"})
  void zeroIsNoPartOfAnEcdsaSignature(String hex) {
    byte[] signature = hex(hex);

    assertThat(PrivateKey.generate(KeyType.ECDSA).publicKey().verify(MESSAGE, signature)).isFalse();
    assertThat(PrivateKey.generate(KeyType.SECP256K1).publicKey().verify(MESSAGE, signature))
        .isFalse();
  }

  @Test
  void secp256k1SignatureHasTheLowerS() {
    PrivateKey key = PrivateKey.generate(KeyType.SECP256K1);

    for (int round = 0; round < 16; round++) {
      byte[] signature = key.sign(new byte[] {(byte) round});
      int sLength = signature[5 + signature[3]];
      assertThat(sLength).isLessThanOrEqualTo(32);
    }
  }

  @Test
  void secp256k1SignatureWithTheHigherSIsVerified() throws Exception {
    BigInteger order = CustomNamedCurves.getByName("secp256k1").getN();
    PrivateKey key = PrivateKey.generate(KeyType.SECP256K1);
    BigInteger[] values = StandardDSAEncoding.INSTANCE.decode(order, key.sign(MESSAGE));

    byte[] higher =
        StandardDSAEncoding.INSTANCE.encode(order, values[0], order.subtract(values[1]));

    assertThat(key.publicKey().verify(MESSAGE, higher)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void nothingSecretIsShown(KeyType type) {
    PrivateKey key = PrivateKey.generate(type);

    assertThat(key.toString())
        .isEqualTo("private " + type + " key of " + key.peerId())
        .doesNotContain(HexFormat.of().formatHex(key.raw()).substring(0, 16));
  }

  @Test
  void keyDoesNotChangeWithTheArraysItGave() {
    PublicKey key = PrivateKey.generate(KeyType.ED25519).publicKey();
    byte[] encoded = key.encoded();

    key.raw()[0] ^= 1;
    key.encoded()[5] ^= 1;

    assertThat(key.encoded()).isEqualTo(encoded);
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
