package io.github.cachemesh.libp2p.security.tls;

import static io.github.cachemesh.libp2p.security.tls.ForeignCertificate.NOW;
import static io.github.cachemesh.libp2p.security.tls.ForeignCertificate.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.identity.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCertificateVerifierTest {
  private static final PrivateKey IDENTITY = PrivateKey.generate(KeyType.ED25519);

  private static PublicKey verify(Instant now, byte[]... chain) throws CertificateException {
    return new PeerCertificateVerifier(() -> now).verify(List.of(chain));
  }

  private static String peer(byte[] der) throws CertificateException {
    return PeerId.of(verify(NOW, der)).toBase58();
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(byte[]... chain) {
    return assertThatThrownBy(() -> verify(NOW, chain)).isInstanceOf(CertificateException.class);
  }

  @Test
  void ed25519PeerOfTheSpecificationIsProven() throws Exception {
    assertThat(peer(SpecificationVectors.ED25519)).isEqualTo(SpecificationVectors.ED25519_PEER);
  }

  @Test
  void ecdsaPeerOfTheSpecificationIsProven() throws Exception {
    assertThat(peer(SpecificationVectors.ECDSA)).isEqualTo(SpecificationVectors.ECDSA_PEER);
  }

  @Test
  void secp256k1PeerOfTheSpecificationIsProven() throws Exception {
    assertThat(peer(SpecificationVectors.SECP256K1)).isEqualTo(SpecificationVectors.SECP256K1_PEER);
  }

  @Test
  void peerOfTheSpecificationThatDidNotSignIsRefused() {
    assertRefused(SpecificationVectors.MISMATCH).hasMessageContaining("did not sign");
  }

  @Test
  void certificateWithoutNamesIsAccepted() throws Exception {
    assertThat(verify(NOW, ForeignCertificate.ecdsa().signedBy(IDENTITY).der()))
        .isEqualTo(IDENTITY.publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "EC, 384, SHA384withECDSA",
    "EC, 521, SHA512withECDSA",
    "EC, 256, SHA512withECDSA",
    "Ed25519, 255, Ed25519",
    "RSA, 2048, SHA256withRSA",
    "RSA, 2048, SHA512withRSA"
  })
  void certificateOfAnotherGoodAlgorithmIsAccepted(String key, int bits, String signature)
      throws Exception {
    byte[] der = ForeignCertificate.of(key, bits).signedBy(IDENTITY).der(signature);
    assertThat(verify(NOW, der)).isEqualTo(IDENTITY.publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "EC, 256, SHA1withECDSA, unknown",
    "RSA, 2048, SHA1withRSA, unknown",
    "RSA, 1024, SHA256withRSA, 1024 bits",
    "Ed448, 448, Ed448, unknown"
  })
  void certificateOfAWeakOrUnknownAlgorithmIsRefused(
      String key, int bits, String signature, String reason) {
    assertRefused(ForeignCertificate.of(key, bits).signedBy(IDENTITY).der(signature))
        .hasMessageContaining(reason);
  }

  @Test
  void signatureByAnotherKeyIsRefused() {
    byte[] der =
        ForeignCertificate.ecdsa()
            .signedBy(IDENTITY)
            .der("SHA256withECDSA", ForeignCertificate.ecdsa().pair);
    assertRefused(der).hasMessageContaining("not signed by its own key");
  }

  @Test
  void signatureAlgorithmThatDoesNotFitTheKeyIsRefused() {
    byte[] der =
        ForeignCertificate.ecdsa()
            .signedBy(IDENTITY)
            .der("SHA256withRSA", ForeignCertificate.of("RSA", 2048).pair);
    assertRefused(der);
  }

  @Test
  void certificateIsRefusedBeforeItsPeriod() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    assertThatThrownBy(() -> verify(ForeignCertificate.FROM.minusSeconds(1), der))
        .isInstanceOf(CertificateNotYetValidException.class);
  }

  @Test
  void certificateIsRefusedAfterItsPeriod() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    assertThatThrownBy(() -> verify(ForeignCertificate.TO.plusSeconds(1), der))
        .isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void certificateIsAcceptedAtBothEndsOfItsPeriod() throws Exception {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    assertThat(verify(ForeignCertificate.FROM, der)).isEqualTo(IDENTITY.publicKey());
    assertThat(verify(ForeignCertificate.TO, der)).isEqualTo(IDENTITY.publicKey());
  }

  @Test
  void chainOfTwoCertificatesIsRefused() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    assertRefused(der, der).hasMessageContaining("sent 2");
  }

  @Test
  void emptyChainIsRefused() {
    assertRefused().hasMessageContaining("sent 0");
  }

  @Test
  void certificateWithoutTheExtensionIsRefused() {
    assertRefused(ForeignCertificate.ecdsa().der())
        .hasMessageContaining("lacks libp2p's extension");
    assertRefused(ForeignCertificate.ecdsa().extension(UNKNOWN, false, DERNull.INSTANCE).der())
        .hasMessageContaining("lacks libp2p's extension");
  }

  @Test
  void criticalExtensionOfLibp2pIsAccepted() throws Exception {
    ForeignCertificate certificate = ForeignCertificate.ecdsa();
    Extension signed = SignedKey.sign(IDENTITY, certificate.key);
    byte[] der =
        certificate
            .extension(new Extension(signed.getExtnId(), true, signed.getExtnValue().getOctets()))
            .der();
    assertThat(verify(NOW, der)).isEqualTo(IDENTITY.publicKey());
  }

  @Test
  void unknownExtensionIsIgnoredUnlessItIsCritical() throws Exception {
    byte[] ignored =
        ForeignCertificate.ecdsa()
            .signedBy(IDENTITY)
            .extension(UNKNOWN, false, DERNull.INSTANCE)
            .der();
    assertThat(verify(NOW, ignored)).isEqualTo(IDENTITY.publicKey());
    byte[] critical =
        ForeignCertificate.ecdsa()
            .signedBy(IDENTITY)
            .extension(Extension.basicConstraints, true, new BasicConstraints(true))
            .der();
    assertRefused(critical).hasMessageContaining("critical extension 2.5.29.19");
  }

  @Test
  void uniqueIdsAreRefused() {
    ForeignCertificate certificate = ForeignCertificate.ecdsa().signedBy(IDENTITY);
    certificate.builder.setSubjectUniqueID(new boolean[] {true});
    assertRefused(certificate.der()).hasMessageContaining("unique id");
  }

  @Test
  void signatureOfAnotherCertificatesKeyIsRefused() throws Exception {
    Extension stolen = SignedKey.sign(IDENTITY, ForeignCertificate.ecdsa().key);
    assertRefused(ForeignCertificate.ecdsa().extension(stolen).der())
        .hasMessageContaining("did not sign");
  }

  @Test
  void signatureOfAnotherPeerIsRefused() throws Exception {
    ForeignCertificate certificate = ForeignCertificate.ecdsa();
    Extension signed = SignedKey.sign(PrivateKey.generate(KeyType.ED25519), certificate.key);
    ASN1Sequence content = ASN1Sequence.getInstance(signed.getExtnValue().getOctets());
    byte[] der =
        certificate
            .extension(
                SignedKey.EXTENSION,
                false,
                new DERSequence(
                    new DEROctetString(IDENTITY.publicKey().encoded()), content.getObjectAt(1)))
            .der();
    assertRefused(der).hasMessageContaining("did not sign");
  }

  @Test
  void extensionWithMoreThanKeyAndSignatureIsRefused() throws Exception {
    ForeignCertificate certificate = ForeignCertificate.ecdsa();
    ASN1Sequence content =
        ASN1Sequence.getInstance(
            SignedKey.sign(IDENTITY, certificate.key).getExtnValue().getOctets());
    byte[] der =
        certificate
            .extension(
                SignedKey.EXTENSION,
                false,
                new DERSequence(
                    new ASN1OctetString[] {
                      ASN1OctetString.getInstance(content.getObjectAt(0)),
                      ASN1OctetString.getInstance(content.getObjectAt(1)),
                      new DEROctetString(new byte[1])
                    }))
            .der();
    assertRefused(der).hasMessageContaining("not a key and a signature");
  }

  @Test
  void extensionOfAnotherTypeIsRefused() {
    byte[] der =
        ForeignCertificate.ecdsa()
            .extension(SignedKey.EXTENSION, false, new DERBitString(new byte[4]))
            .der();
    assertRefused(der).hasMessageContaining("malformed");
  }

  @Test
  void extensionWithoutAKeyIsRefused() {
    byte[] der =
        ForeignCertificate.ecdsa()
            .extension(
                SignedKey.EXTENSION,
                false,
                new DERSequence(new DEROctetString(new byte[9]), new DEROctetString(new byte[9])))
            .der();
    assertRefused(der).hasMessageContaining("no public key");
  }

  @Test
  void bytesBehindTheCertificateAreRefused() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    assertRefused(Arrays.copyOf(der, der.length + 1)).hasMessageContaining("malformed");
  }

  @Test
  void certificateThatIsCutOffIsRefused() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    for (int length = 0; length < der.length; length++) {
      assertRefused(Arrays.copyOf(der, length)).hasMessageContaining("malformed");
    }
  }

  @Test
  void everyFlippedByteIsRefused() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    for (int i = 0; i < der.length; i++) {
      byte[] flipped = der.clone();
      flipped[i] ^= 0x55;
      assertRefused(flipped);
    }
  }

  @Test
  void otherEncodingThanDerIsRefused() {
    byte[] der = ForeignCertificate.ecdsa().signedBy(IDENTITY).der();
    // The outer sequence with an indefinite length, as BER has it.
    byte[] ber = new byte[der.length + 2];
    System.arraycopy(der, 4, ber, 2, der.length - 4);
    ber[0] = 0x30;
    ber[1] = (byte) 0x80;
    assertRefused(Arrays.copyOf(ber, der.length)).hasMessageContaining("malformed");
  }

  @Test
  void deeplyNestedValueIsRefused() {
    byte[] nested = new byte[PeerCertificateVerifier.MAX_BYTES];
    for (int i = 0; i < nested.length; i += 4) {
      int length = nested.length - i - 4;
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x82;
      nested[i + 2] = (byte) (length >> 8);
      nested[i + 3] = (byte) length;
    }
    assertRefused(nested).hasMessageContaining("malformed");
  }

  @Test
  void hugeCertificateIsRefusedUnread() {
    assertRefused(new byte[PeerCertificateVerifier.MAX_BYTES + 1])
        .hasMessageContaining("8192 are allowed");
  }
}
