package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.identity.PublicKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;

/**
 * Finds the peer whose key vouches for a certificate, or what is wrong with that certificate
 * (libp2p specs, {@code tls/tls.md}, "Peer Authentication"). Names are not looked at, they may be
 * empty. Thread-safe.
 */
public final class PeerCertificateVerifier {
  /** The largest certificate that is parsed: RSA keys of 8192 bits for peer and certificate fit. */
  public static final int MAX_BYTES = 8 * 1024;

  private final InstantSource clock;

  public PeerCertificateVerifier(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param chain in DER, as it came in the handshake, whose TLS has to check that the other end
   *     holds the certificate's key
   * @return the peer's key
   * @throws CertificateException if it is not exactly one certificate of at most {@value
   *     #MAX_BYTES} bytes that is valid now, signed by its own key with a known algorithm, and has
   *     the peer's signature and no critical extension but that
   */
  public PublicKey verify(List<byte[]> chain) throws CertificateException {
    if (chain.size() != 1) {
      throw new CertificateException(
          "a peer sends exactly one certificate, this one sent " + chain.size());
    }
    byte[] der = chain.getFirst();
    if (der.length > MAX_BYTES) {
      throw new CertificateException(
          "a certificate of " + der.length + " bytes, where " + MAX_BYTES + " are allowed");
    }
    try {
      return verify(Certificate.getInstance(Der.read(der)));
    } catch (IOException | GeneralSecurityException e) {
      throw e instanceof CertificateException refused
          ? refused
          : new CertificateException("the certificate is malformed", e);
    } catch (RuntimeException e) {
      // Bouncy Castle reports malformed fields by half a dozen unchecked exceptions.
      throw new CertificateException("the certificate is malformed", e);
    }
  }

  private PublicKey verify(Certificate certificate) throws GeneralSecurityException, IOException {
    TBSCertificate content = certificate.getTBSCertificate();
    Extension signedKey = extension(content);
    checkPeriod(content);
    CertificateSignature.check(certificate);
    return SignedKey.verify(signedKey, content.getSubjectPublicKeyInfo());
  }

  private static Extension extension(TBSCertificate content) throws CertificateException {
    if (content.getIssuerUniqueId() != null || content.getSubjectUniqueId() != null) {
      throw new CertificateException("the certificate has a unique id");
    }
    Extensions extensions = content.getExtensions();
    Extension signedKey = extensions == null ? null : extensions.getExtension(SignedKey.EXTENSION);
    if (signedKey == null) {
      throw new CertificateException("the certificate lacks libp2p's extension");
    }
    for (ASN1ObjectIdentifier critical : extensions.getCriticalExtensionOIDs()) {
      if (!critical.equals(SignedKey.EXTENSION)) {
        throw new CertificateException("the certificate has the critical extension " + critical);
      }
    }
    return signedKey;
  }

  private void checkPeriod(TBSCertificate content) throws CertificateException {
    Instant now = clock.instant();
    Instant from = instant(content.getStartDate());
    Instant to = instant(content.getEndDate());
    if (now.isBefore(from)) {
      throw new CertificateNotYetValidException(
          "the certificate is valid from " + from + ", and it is " + now);
    }
    if (now.isAfter(to)) {
      throw new CertificateExpiredException(
          "the certificate was valid until " + to + ", and it is " + now);
    }
  }

  /** Bouncy Castle's own way makes a formatter with calendar and locale for each. */
  private static Instant instant(Time time) throws CertificateException {
    String text = time.getTime(); // Both kinds as yyyyMMddHHmmss and the zone.
    if (!text.endsWith("GMT+00:00")) {
      throw new CertificateException("the certificate's period is not in UTC");
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 4, 6),
            number(text, 6, 8),
            number(text, 8, 10),
            number(text, 10, 12),
            number(text, 12, 14))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
