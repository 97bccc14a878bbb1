package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes the certificates of other implementations, and such as none should. */
final class ForeignCertificate {
  static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant TO = Instant.parse("2027-01-01T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  static final ASN1ObjectIdentifier UNKNOWN = new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.2");

  final KeyPair pair;
  final SubjectPublicKeyInfo key;
  final X509v3CertificateBuilder builder;

  private ForeignCertificate(KeyPair pair) {
    this.pair = pair;
    key = SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
    // Nobody has a name, as in the certificates of rust and js.
    X500Name nobody = new X500Name("");
    builder =
        new X509v3CertificateBuilder(
            nobody, BigInteger.ONE, Date.from(FROM), Date.from(TO), nobody, key);
  }

  static ForeignCertificate ecdsa() {
    return of("EC", 256);
  }

  static ForeignCertificate of(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return new ForeignCertificate(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  ForeignCertificate signedBy(PrivateKey identity) {
    try {
      return extension(SignedKey.sign(identity, key));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ForeignCertificate extension(Extension extension) {
    try {
      builder.addExtension(extension);
      return this;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  ForeignCertificate extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable content) {
    try {
      return extension(new Extension(oid, critical, content.toASN1Primitive().getEncoded()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  byte[] der() {
    return der("SHA256withECDSA");
  }

  byte[] der(String algorithm) {
    return der(algorithm, pair);
  }

  byte[] der(String algorithm, KeyPair signer) {
    try {
      return builder
          .build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))
          .getEncoded();
    } catch (OperatorCreationException | IOException e) {
      throw new AssertionError(e);
    }
  }
}
