package io.github.cachemesh.libp2p.security.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.identity.PublicKey;
import java.io.IOException;
import java.security.cert.CertificateException;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/**
 * What libp2p's certificate extension holds: a peer's key and its signature of the certificate's
 * key (libp2p specs, {@code tls/tls.md}, "libp2p Public Key Extension").
 */
final class SignedKey {
  static final ASN1ObjectIdentifier EXTENSION =
      new ASN1ObjectIdentifier("1.3.6.1.4.1.53594.1.1").intern();

  private static final byte[] PREFIX = "libp2p-tls-handshake:".getBytes(US_ASCII);

  private SignedKey() {}

  static Extension sign(PrivateKey identity, SubjectPublicKeyInfo certificateKey)
      throws IOException {
    DERSequence content =
        new DERSequence(
            new DEROctetString(identity.publicKey().encoded()),
            new DEROctetString(identity.sign(message(certificateKey))));
    // Not critical, so that tools which know nothing of libp2p accept the certificate too.
    return new Extension(EXTENSION, false, content.getEncoded());
  }

  /**
   * @return the peer's key
   * @throws CertificateException if it did not sign the certificate's key
   */
  static PublicKey verify(Extension extension, SubjectPublicKeyInfo certificateKey)
      throws CertificateException, IOException {
    ASN1Sequence content = ASN1Sequence.getInstance(Der.read(extension.getExtnValue().getOctets()));
    if (content.size() != 2) {
      throw new CertificateException("libp2p's extension is not a key and a signature");
    }
    byte[] encoded = ASN1OctetString.getInstance(content.getObjectAt(0)).getOctets();
    byte[] signature = ASN1OctetString.getInstance(content.getObjectAt(1)).getOctets();
    PublicKey key;
    try {
      key = PublicKey.decode(encoded);
    } catch (IllegalArgumentException e) {
      throw new CertificateException("libp2p's extension holds no public key", e);
    }
    if (!key.verify(message(certificateKey), signature)) {
      throw new CertificateException("the peer's key did not sign the certificate's");
    }
    return key;
  }

  private static byte[] message(SubjectPublicKeyInfo certificateKey) throws IOException {
    byte[] key = certificateKey.getEncoded();
    byte[] message = new byte[PREFIX.length + key.length];
    System.arraycopy(PREFIX, 0, message, 0, PREFIX.length);
    System.arraycopy(key, 0, message, PREFIX.length, key.length);
    return message;
  }
}
