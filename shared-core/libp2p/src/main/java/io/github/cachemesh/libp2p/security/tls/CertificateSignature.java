package io.github.cachemesh.libp2p.security.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
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

/**
 * The signature of a certificate by its own key: ECDSA on P-256, P-384 or P-521, Ed25519, or RSA
 * PKCS #1 of {@value #MIN_RSA_BITS} to {@value #MAX_RSA_BITS} bits, with SHA-2.
 */
final class CertificateSignature {
  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;

  private static final Map<ASN1ObjectIdentifier, Algorithm> ALGORITHMS =
      Map.of(
          X9ObjectIdentifiers.ecdsa_with_SHA256, new Algorithm("SHA256withECDSA", "EC"),
          X9ObjectIdentifiers.ecdsa_with_SHA384, new Algorithm("SHA384withECDSA", "EC"),
          X9ObjectIdentifiers.ecdsa_with_SHA512, new Algorithm("SHA512withECDSA", "EC"),
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
    ASN1ObjectIdentifier oid = certificate.getSignatureAlgorithm().getAlgorithm();
    Algorithm algorithm = ALGORITHMS.get(oid);
    if (algorithm == null) {
      throw new CertificateException("the certificate's signature algorithm is unknown: " + oid);
    }
    Signature signature = Signature.getInstance(algorithm.signature());
    signature.initVerify(key(algorithm, certificate.getSubjectPublicKeyInfo()));
    signature.update(certificate.getTBSCertificate().getEncoded());
    if (!signature.verify(certificate.getSignature().getOctets())) {
      throw new CertificateException("the certificate is not signed by its own key");
    }
  }

  private static PublicKey key(Algorithm algorithm, SubjectPublicKeyInfo info)
      throws GeneralSecurityException, IOException {
    if (algorithm.key().equals("EC")
        && !(info.getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier curve
            && CURVES.contains(curve))) {
      throw new CertificateException("the certificate's key is on an unknown curve");
    }
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
