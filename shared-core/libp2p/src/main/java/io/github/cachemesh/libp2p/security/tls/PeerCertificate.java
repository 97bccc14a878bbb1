package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

/**
 * The self-signed certificate by which a host proves its peer id, and the key of that certificate,
 * an ECDSA P-256 key made for it alone (libp2p specs, {@code tls/tls.md}, "Peer Authentication").
 * Immutable; one serves all connections of a host, over TCP and QUIC.
 */
public final class PeerCertificate {
  // Peers whose clocks are behind shall take it too.
  private static final Duration BEFORE = Duration.ofHours(1);
  // The specification sets no term; no host runs as long.
  private static final Duration AFTER = Duration.ofDays(36_500);
  // Empty names are allowed, but the JDK's own TLS refuses them.
  private static final X500Name NAME = new X500Name("CN=libp2p");
  private static final int SERIAL_BITS = 64;
  private static final AlgorithmIdentifier ECDSA =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
  private static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);

  private final PeerKeyManager keyManager;

  private PeerCertificate(PeerKeyManager keyManager) {
    this.keyManager = keyManager;
  }

  /**
   * @param identity the host's key, which vouches for the certificate's
   * @param now from an hour before which it is valid, for a hundred years
   * @param random of the certificate's key, serial number and signature
   */
  public static PeerCertificate create(PrivateKey identity, Instant now, SecureRandom random) {
    try {
      AsymmetricCipherKeyPair pair = generate(random);
      SubjectPublicKeyInfo key =
          SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(pair.getPublic());
      X509v3CertificateBuilder builder =
          new X509v3CertificateBuilder(
              NAME,
              new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
              Date.from(now.minus(BEFORE)),
              Date.from(now.plus(AFTER)),
              NAME,
              key);
      builder.addExtension(SignedKey.sign(identity, key));
      X509Certificate certificate =
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(
                      new BcECContentSignerBuilder(ECDSA, SHA256)
                          .setSecureRandom(random)
                          .build(pair.getPrivate())));
      java.security.PrivateKey secret =
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(
                      PrivateKeyInfoFactory.createPrivateKeyInfo(pair.getPrivate()).getEncoded()));
      return new PeerCertificate(new PeerKeyManager(secret, certificate));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every JDK has ECDSA P-256 and X.509", e);
    }
  }

  /** By Bouncy Castle, as is the check of such certificates: the JDK's curves stay unused. */
  private static AsymmetricCipherKeyPair generate(SecureRandom random) {
    ECKeyPairGenerator generator = new ECKeyPairGenerator();
    generator.init(
        new ECKeyGenerationParameters(
            ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1), random));
    return generator.generateKeyPair();
  }

  public X509Certificate certificate() {
    return keyManager.certificate();
  }

  /** The certificate's key, which is not the host's. */
  public java.security.PrivateKey key() {
    return keyManager.key();
  }

  /** For Netty's {@code keyManager}: it always shows this certificate and its key. */
  public X509ExtendedKeyManager keyManager() {
    return keyManager;
  }

  @Override
  public String toString() {
    return "certificate " + certificate().getSerialNumber().toString(16);
  }
}
