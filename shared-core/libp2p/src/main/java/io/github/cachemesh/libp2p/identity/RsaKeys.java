package io.github.cachemesh.libp2p.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * RSA of {@link #MIN_BITS} to {@link #MAX_BITS} bits: public keys are a SubjectPublicKeyInfo,
 * private keys an RSAPrivateKey (RFC 8017).
 */
final class RsaKeys {
  static final int MIN_BITS = 2048;

  /** Above this, verifying a signature would take so long that a peer could abuse it. */
  static final int MAX_BITS = 8192;

  private static final int MAX_EXPONENT_BITS = 31;
  private static final JdkSignature SIGNATURE = new JdkSignature("SHA256withRSA");
  private static final AlgorithmIdentifier RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);

  private RsaKeys() {}

  static PublicKey publicKey(byte[] raw) {
    RSAPublicKey numbers = Der.parse("an RSA public key", () -> publicNumbers(raw));
    PublicKey key = publicKey(numbers.getModulus(), numbers.getPublicExponent());
    if (!Arrays.equals(key.raw(), raw)) {
      throw new IllegalArgumentException("RSA key that is not in the one encoding allowed");
    }
    return key;
  }

  static PrivateKey privateKey(byte[] raw) {
    RSAPrivateKey numbers = Der.parse("an RSA private key", () -> RSAPrivateKey.getInstance(raw));
    if (!numbers.getPrime1().multiply(numbers.getPrime2()).equals(numbers.getModulus())) {
      throw new IllegalArgumentException("RSA private key with primes of another modulus");
    }
    return privateKey(numbers);
  }

  static PrivateKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MIN_BITS, random);
      RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
      return privateKey(
          new RSAPrivateKey(
              key.getModulus(),
              key.getPublicExponent(),
              key.getPrivateExponent(),
              key.getPrimeP(),
              key.getPrimeQ(),
              key.getPrimeExponentP(),
              key.getPrimeExponentQ(),
              key.getCrtCoefficient()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK makes RSA keys", e);
    }
  }

  private static PrivateKey privateKey(RSAPrivateKey numbers) {
    PublicKey publicKey = publicKey(numbers.getModulus(), numbers.getPublicExponent());
    java.security.PrivateKey key = jdkKey(numbers);
    return new PrivateKey(Der.encode(numbers), publicKey, message -> SIGNATURE.sign(key, message));
  }

  private static PublicKey publicKey(BigInteger modulus, BigInteger exponent) {
    int bits = modulus.bitLength();
    if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS) {
      throw new IllegalArgumentException(
          "RSA key of %d bits, allowed are %d to %d".formatted(bits, MIN_BITS, MAX_BITS));
    }
    if (exponent.signum() <= 0
        || exponent.bitLength() < 2
        || exponent.bitLength() > MAX_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new IllegalArgumentException(
          "RSA key whose exponent is not an odd number from 3 to 31 bits");
    }
    byte[] raw = Der.encode(subjectPublicKeyInfo(modulus, exponent));
    java.security.PublicKey key = jdkKey(modulus, exponent);
    return new PublicKey(
        KeyType.RSA, raw, (message, signature) -> SIGNATURE.verify(key, message, signature));
  }

  private static RSAPublicKey publicNumbers(byte[] raw) {
    ASN1BitString bits = SubjectPublicKeyInfo.getInstance(raw).getPublicKeyData();
    return RSAPublicKey.getInstance(bits.getOctets());
  }

  private static SubjectPublicKeyInfo subjectPublicKeyInfo(
      BigInteger modulus, BigInteger exponent) {
    return new SubjectPublicKeyInfo(RSA, Der.encode(new RSAPublicKey(modulus, exponent)));
  }

  private static java.security.PublicKey jdkKey(BigInteger modulus, BigInteger exponent) {
    try {
      return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an RSA public key", e);
    }
  }

  private static java.security.PrivateKey jdkKey(RSAPrivateKey numbers) {
    try {
      return KeyFactory.getInstance("RSA")
          .generatePrivate(
              new RSAPrivateCrtKeySpec(
                  numbers.getModulus(),
                  numbers.getPublicExponent(),
                  numbers.getPrivateExponent(),
                  numbers.getPrime1(),
                  numbers.getPrime2(),
                  numbers.getExponent1(),
                  numbers.getExponent2(),
                  numbers.getCoefficient()));
    } catch (GeneralSecurityException e) {
      // Without the cause, which might tell of the key.
      throw new IllegalArgumentException("not an RSA private key");
    }
  }
}
