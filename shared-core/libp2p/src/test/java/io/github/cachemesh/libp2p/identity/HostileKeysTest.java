package io.github.cachemesh.libp2p.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that a peer may send and that are none. */
class HostileKeysTest {
  private static final String ED25519 =
      "1ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0801", // no data
        "1220" + ED25519, // no type
        "1220" + ED25519 + "0801", // the wrong order
        "08011220" + ED25519 + "1801", // one field more
        "0801080112" + "20" + ED25519, // the type twice
        "08811220" + ED25519, // a cut number
        "0881001220" + ED25519, // type not in its shortest form
        "080112a000" + ED25519, // length neither
        "08041220" + ED25519, // unknown type
        "08ffffffffffffffffff011220" + ED25519 // type below zero
      })
  void messageInAnotherThanItsOneEncodingIsRefused(String hex) {
    assertPublicRefused(hex(hex));
  }

  @ParameterizedTest
  @EnumSource
  void dataThatIsNoKeyIsRefused(KeyType type) {
    for (String hex : new String[] {"", "00", "30", "3000", "30030201", "ff".repeat(32)}) {
      assertPublicRefused(new KeyMessage(type, hex(hex)).encoded());
      assertPrivateRefused(new KeyMessage(type, hex(hex)).encoded());
    }
  }

  @ParameterizedTest
  @EnumSource
  void keyThatIsCutOrLengthenedIsRefused(KeyType type) {
    PrivateKey key = PrivateKey.generate(type);
    byte[] publicRaw = key.publicKey().raw();
    byte[] privateRaw = key.raw();

    for (int change : new int[] {-1, 1}) {
      assertPublicRefused(
          new KeyMessage(type, Arrays.copyOf(publicRaw, publicRaw.length + change)).encoded());
      assertPrivateRefused(
          new KeyMessage(type, Arrays.copyOf(privateRaw, privateRaw.length + change)).encoded());
    }
  }

  @Test
  void lengthIsBounded() {
    byte[] tooLong = new KeyMessage(KeyType.RSA, new byte[PrivateKey.MAX_ENCODED_BYTES]).encoded();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublicKey.decode(tooLong))
        .withMessageContaining("at most 2048");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKey.decode(tooLong))
        .withMessageContaining("at most 8192");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000", // of order 4
        "0100000000000000000000000000000000000000000000000000000000000000", // neutral element
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // of order 2
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // zero again
        "0200000000000000000000000000000000000000000000000000000000000000" // not on the curve
      })
  void ed25519PointOfSmallOrderOrNoneIsRefused(String hex) {
    assertPublicRefused(hex("08011220" + hex));
  }

  @Test
  void ed25519PrivateKeyWithAnothersPublicKeyIsRefused() {
    byte[] raw = PrivateKey.generate(KeyType.ED25519).raw();
    byte[] other = PrivateKey.generate(KeyType.ED25519).publicKey().raw();

    System.arraycopy(other, 0, raw, 32, 32);
    assertPrivateRefused(new KeyMessage(KeyType.ED25519, raw).encoded());

    byte[] twice = Arrays.copyOf(PrivateKey.generate(KeyType.ED25519).raw(), 96);
    System.arraycopy(other, 0, twice, 64, 32);
    assertPrivateRefused(new KeyMessage(KeyType.ED25519, twice).encoded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "020000000000000000000000000000000000000000000000000000000000000005", // not on the curve
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", // beyond the field
        "050000000000000000000000000000000000000000000000000000000000000001", // no such form
        "00" // infinity
      })
  void secp256k1PointThatIsNoneIsRefused(String hex) {
    assertPublicRefused(new KeyMessage(KeyType.SECP256K1, hex(hex)).encoded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
      })
  void secp256k1ScalarOutOfRangeIsRefused(String hex) {
    assertPrivateRefused(hex("08021220" + hex));
  }

  @Test
  void ecdsaPointThatIsNotOnTheCurveIsRefused() {
    byte[] raw = PrivateKey.generate(KeyType.ECDSA).publicKey().raw();
    raw[raw.length - 1] ^= 1;

    assertPublicRefused(new KeyMessage(KeyType.ECDSA, raw).encoded());
  }

  @Test
  void ecdsaKeyOfAnotherCurveIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp384r1"));

    assertPublicRefused(
        new KeyMessage(KeyType.ECDSA, generator.generateKeyPair().getPublic().getEncoded())
            .encoded());
  }

  @Test
  void rsaModulusIsBounded() {
    SecureRandom random = new SecureRandom();
    BigInteger exponent = BigInteger.valueOf(65_537);

    assertThat(PublicKey.decode(rsa(new BigInteger(8191, random).setBit(8191), exponent)).type())
        .isEqualTo(KeyType.RSA);
    assertPublicRefused(rsa(new BigInteger(2046, random).setBit(2046), exponent));
    assertPublicRefused(rsa(new BigInteger(8192, random).setBit(8192), exponent));
    assertPublicRefused(rsa(BigInteger.ONE.shiftLeft(2047).negate(), exponent));
  }

  @ParameterizedTest
  @ValueSource(longs = {-3, 0, 1, 2, 65_536, 1L << 31 | 1})
  void rsaExponentIsBounded(long exponent) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).setBit(0);

    assertPublicRefused(rsa(modulus, BigInteger.valueOf(exponent)));
  }

  @Test
  void rsaPrimesOfAnotherModulusAreRefused() {
    RSAPrivateKey key = RSAPrivateKey.getInstance(PrivateKey.generate(KeyType.RSA).raw());
    RSAPrivateKey changed =
        new RSAPrivateKey(
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrime1().add(BigInteger.TWO),
            key.getPrime2(),
            key.getExponent1(),
            key.getExponent2(),
            key.getCoefficient());

    assertPrivateRefused(new KeyMessage(KeyType.RSA, Der.encode(changed)).encoded());
  }

  @Test
  void refusalOfAPrivateKeyTellsNothingOfIt() {
    byte[] raw = PrivateKey.generate(KeyType.ED25519).raw();
    raw[63] ^= 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKey.decode(new KeyMessage(KeyType.ED25519, raw).encoded()))
        .withMessage("Ed25519 private key with another key's public key")
        .withNoCause();
  }

  private static byte[] rsa(BigInteger modulus, BigInteger exponent) {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    byte[] numbers = Der.encode(new RSAPublicKey(modulus, exponent));
    return new KeyMessage(KeyType.RSA, Der.encode(new SubjectPublicKeyInfo(algorithm, numbers)))
        .encoded();
  }

  private static void assertPublicRefused(byte[] encoded) {
    assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.decode(encoded));
  }

  private static void assertPrivateRefused(byte[] encoded) {
    assertThatIllegalArgumentException().isThrownBy(() -> PrivateKey.decode(encoded));
  }

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
