package io.github.cachemesh.libp2p.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/**
 * ECDSA on the curve P-256: public keys are a SubjectPublicKeyInfo with the uncompressed point,
 * private keys an ECPrivateKey (RFC 5915) with curve and public key.
 */
final class EcdsaKeys {
  private static final JdkSignature SIGNATURE = new JdkSignature("SHA256withECDSA");
  private static final X9ECParameters CURVE =
      CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1);
  private static final AlgorithmIdentifier P256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1);

  private EcdsaKeys() {}

  static PublicKey publicKey(byte[] raw) {
    ECPoint point = Der.parse("an ECDSA public key", () -> point(raw));
    if (!Arrays.equals(raw(point), raw)) {
      throw new IllegalArgumentException("ECDSA key that is not an uncompressed point of P-256");
    }
    return publicKey(raw, jdkKey(raw));
  }

  static PrivateKey privateKey(byte[] raw) {
    BigInteger scalar =
        Der.parse(
            "an ECDSA private key",
            () -> org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(raw).getKey());
    if (scalar.signum() <= 0 || scalar.compareTo(CURVE.getN()) >= 0) {
      throw new IllegalArgumentException("ECDSA private key is out of range");
    }
    PrivateKey key = privateKey(scalar);
    if (!Arrays.equals(key.raw(), raw)) {
      throw new IllegalArgumentException(
          "ECDSA private key that is not of P-256 or without its curve and public key");
    }
    return key;
  }

  static PrivateKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return privateKey(((ECPrivateKey) generator.generateKeyPair().getPrivate()).getS());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  private static PrivateKey privateKey(BigInteger scalar) {
    ECPoint point = new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar);
    byte[] publicRaw = raw(point);
    ECPublicKey publicKey = jdkKey(publicRaw);
    java.security.PrivateKey key = jdkKey(scalar, publicKey);
    byte[] raw =
        Der.encode(
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                CURVE.getN().bitLength(),
                scalar,
                new DERBitString(point.getEncoded(false)),
                SECObjectIdentifiers.secp256r1));
    return new PrivateKey(
        raw, publicKey(publicRaw, publicKey), message -> SIGNATURE.sign(key, message));
  }

  private static PublicKey publicKey(byte[] raw, ECPublicKey key) {
    return new PublicKey(
        KeyType.ECDSA, raw, (message, signature) -> SIGNATURE.verify(key, message, signature));
  }

  /** The point of a key; unlike the JDK's, this decoder refuses one that is not on the curve. */
  private static ECPoint point(byte[] raw) {
    return CURVE
        .getCurve()
        .decodePoint(SubjectPublicKeyInfo.getInstance(raw).getPublicKeyData().getOctets());
  }

  private static byte[] raw(ECPoint point) {
    return Der.encode(new SubjectPublicKeyInfo(P256, point.getEncoded(false)));
  }

  private static ECPublicKey jdkKey(byte[] raw) {
    try {
      return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(raw));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an ECDSA public key", e);
    }
  }

  private static java.security.PrivateKey jdkKey(BigInteger scalar, ECPublicKey publicKey) {
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new ECPrivateKeySpec(scalar, publicKey.getParams()));
    } catch (GeneralSecurityException e) {
      // Without the cause, which might tell of the key.
      throw new IllegalArgumentException("not an ECDSA private key");
    }
  }
}
