package io.github.cachemesh.libp2p.security.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * The signature of a certificate by its own key: ECDSA on P-256, P-384 or P-521, Ed25519, or RSA
 * PKCS #1 of {@value #MIN_RSA_BITS} to {@value #MAX_RSA_BITS} bits, with SHA-2.
 *
 * <p>ECDSA, by which nearly every peer signs, is Bouncy Castle's, which takes less than half the
 * JDK's time, the more so in a JVM that has just been started.
 */
final class CertificateSignature {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;

  /** The digests of ECDSA. */
  private static final Map<ASN1ObjectIdentifier, String> ECDSA =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, "SHA-256",
          X9ObjectIdentifiers.ecdsa_with_SHA384, "SHA-384",
          X9ObjectIdentifiers.ecdsa_with_SHA512, "SHA-512");

  private static final Map<ASN1ObjectIdentifier, Algorithm> OTHERS =
      Map.of(
          EdECObjectIdentifiers.id_Ed25519, new Algorithm("Ed25519", "Ed25519"),
          PKCSObjectIdentifiers.sha256WithRSAEncryption, new Algorithm("SHA256withRSA", "RSA"),
          PKCSObjectIdentifiers.sha384WithRSAEncryption, new Algorithm("SHA384withRSA", "RSA"),
          PKCSObjectIdentifiers.sha512WithRSAEncryption, new Algorithm("SHA512withRSA", "RSA"));

  private static final Set<ASN1ObjectIdentifier> CURVES =
      Set.of(
          SECObjectIdentifiers.secp256r1,
          SECObjectIdentifiers.secp384r1,
          SECObjectIdentifiers.secp521r1);

  private CertificateSignature() {}

  private record Algorithm(String signature, String key) {}

  /**
   * @throws GeneralSecurityException if it is wrong or of another algorithm
   */
  static void check(Certificate certificate) throws GeneralSecurityException, IOException {
    if (!certificate
        .getSignatureAlgorithm()
        .equals(certificate.getTBSCertificate().getSignature())) {
      throw new CertificateException("the certificate names two signature algorithms");
    }
    if (!isRight(certificate)) {
      throw new CertificateException("the certificate is not signed by its own key");
    }
  }

  private static boolean isRight(Certificate certificate)
      throws GeneralSecurityException, IOException {
    ASN1ObjectIdentifier oid = certificate.getSignatureAlgorithm().getAlgorithm();
    SubjectPublicKeyInfo key = certificate.getSubjectPublicKeyInfo();
    byte[] signed = certificate.getTBSCertificate().getEncoded();
    byte[] signature = certificate.getSignature().getOctets();
    String digest = ECDSA.get(oid);
    if (digest != null) {
      return isEcdsa(signature, MessageDigest.getInstance(digest).digest(signed), key);
    }
    Algorithm algorithm = OTHERS.get(oid);
    if (algorithm == null) {
      throw new CertificateException("the certificate's signature algorithm is unknown: " + oid);
    }
    Signature verifier = Signature.getInstance(algorithm.signature());
    verifier.initVerify(key(algorithm, key));
    verifier.update(signed);
    return verifier.verify(signature);
  }

  private static boolean isEcdsa(byte[] signature, byte[] hash, SubjectPublicKeyInfo info)
      throws CertificateException, IOException {
    if (!(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
        && CURVES.contains(curve))) {
      throw new CertificateException("the certificate's key is on an unknown curve");
    }
    // Refuses a point that is not on the curve.
    ECPublicKeyParameters key = (ECPublicKeyParameters) PublicKeyFactory.createKey(info);
    BigInteger[] rs = StandardDSAEncoding.INSTANCE.decode(key.getParameters().getN(), signature);
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, key);
    return verifier.verifySignature(hash, rs[0], rs[1]);
  }

  private static PublicKey key(Algorithm algorithm, SubjectPublicKeyInfo info)
      throws GeneralSecurityException, IOException {
    PublicKey key =
        KeyFactory.getInstance(algorithm.key())
            .generatePublic(new X509EncodedKeySpec(info.getEncoded()));
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
        throw new CertificateException(
            "the certificate's RSA key has "
                + bits
                + " bits, not "
                + MIN_RSA_BITS
                + " to "
                + MAX_RSA_BITS);
      }
    }
    return key;
  }
}
