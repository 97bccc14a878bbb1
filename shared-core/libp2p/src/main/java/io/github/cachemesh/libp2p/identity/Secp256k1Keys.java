package io.github.cachemesh.libp2p.identity;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * Secp256k1, which the JDK no longer has: public keys are compressed points, private keys the
 * number in 32 bytes. Signatures are deterministic (RFC 6979), with the lower of both values for s
 * (BIP 62); either is verified.
 */
final class Secp256k1Keys {
  private static final int PUBLIC_BYTES = 33;
  private static final int PRIVATE_BYTES = 32;
  private static final ECDomainParameters CURVE =
      new ECDomainParameters(CustomNamedCurves.getByName("secp256k1"));

  private Secp256k1Keys() {}

  static PublicKey publicKey(byte[] raw) {
    // Other forms of a point are as valid, but would give the same key another peer id.
    if (raw.length != PUBLIC_BYTES) {
      throw new IllegalArgumentException("not a compressed point of secp256k1");
    }
    ECPoint point = Der.parse("a point of secp256k1", () -> CURVE.getCurve().decodePoint(raw));
    return publicKey(new ECPublicKeyParameters(point, CURVE));
  }

  static PrivateKey privateKey(byte[] raw) {
    if (raw.length != PRIVATE_BYTES) {
      throw new IllegalArgumentException(
          "secp256k1 private key of " + raw.length + " bytes, not " + PRIVATE_BYTES);
    }
    BigInteger scalar = new BigInteger(1, raw);
    if (scalar.signum() == 0 || scalar.compareTo(CURVE.getN()) >= 0) {
      throw new IllegalArgumentException("secp256k1 private key is out of range");
    }
    return privateKey(new ECPrivateKeyParameters(scalar, CURVE));
  }

  static PrivateKey generate(SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(new ECKeyGenerationParameters(CURVE, random));
    return privateKey((ECPrivateKeyParameters) generator.generateKeyPair().getPrivate());
  }

  private static PrivateKey privateKey(ECPrivateKeyParameters key) {
    ECPublicKeyParameters publicKey =
        new ECPublicKeyParameters(
            new FixedPointCombMultiplier().multiply(CURVE.getG(), key.getD()), CURVE);
    return new PrivateKey(
        BigIntegers.asUnsignedByteArray(PRIVATE_BYTES, key.getD()),
        publicKey(publicKey),
        message -> sign(key, message));
  }

  private static PublicKey publicKey(ECPublicKeyParameters key) {
    return new PublicKey(
        KeyType.SECP256K1,
        key.getQ().getEncoded(true),
        (message, signature) -> verify(key, message, signature));
  }

  private static byte[] sign(ECPrivateKeyParameters key, byte[] message) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, key);
    BigInteger[] signature = signer.generateSignature(Sha256.of(message));
    BigInteger s = signature[1].min(CURVE.getN().subtract(signature[1]));
    try {
      return StandardDSAEncoding.INSTANCE.encode(CURVE.getN(), signature[0], s);
    } catch (IOException e) {
      throw new IllegalStateException("two numbers can be written as DER", e);
    }
  }

  private static boolean verify(ECPublicKeyParameters key, byte[] message, byte[] signature) {
    try {
      BigInteger[] values = StandardDSAEncoding.INSTANCE.decode(CURVE.getN(), signature);
      ECDSASigner verifier = new ECDSASigner();
      verifier.init(false, key);
      return verifier.verifySignature(Sha256.of(message), values[0], values[1]);
    } catch (IOException | RuntimeException _) {
      return false; // Not a signature in strict DER, or with values out of range.
    }
  }
}
