package io.github.cachemesh.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerCertificateTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void provesAnIdentityOfEveryType(KeyType type) throws Exception {
    PrivateKey identity = PrivateKey.generate(type);
    PeerCertificate certificate = PeerCertificate.create(identity, NOW, RANDOM);
    assertThat(
            new PeerCertificateVerifier(() -> NOW)
                .verify(List.of(certificate.certificate().getEncoded())))
        .isEqualTo(identity.publicKey());
  }

  @Test
  void keyIsP256AndNewEachTime() {
    PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
    PublicKey one = PeerCertificate.create(identity, NOW, RANDOM).certificate().getPublicKey();
    PublicKey other = PeerCertificate.create(identity, NOW, RANDOM).certificate().getPublicKey();
    assertThat(one).isNotEqualTo(other);
    assertThat(((ECPublicKey) one).getParams().getCurve().getField().getFieldSize()).isEqualTo(256);
  }

  @Test
  void isValidForPeersWhoseClocksAreAnHourBehind() throws Exception {
    PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
    X509Certificate certificate = PeerCertificate.create(identity, NOW, RANDOM).certificate();
    assertThat(
            new PeerCertificateVerifier(() -> NOW.minus(Duration.ofHours(1)))
                .verify(List.of(certificate.getEncoded())))
        .isEqualTo(identity.publicKey());
    assertThat(certificate.getNotAfter()).isAfter("2100-01-01");
  }

  @Test
  void keyManagerShowsItToServersThatNameAuthorities() {
    PeerCertificate certificate =
        PeerCertificate.create(PrivateKey.generate(KeyType.ED25519), NOW, RANDOM);
    String alias =
        certificate
            .keyManager()
            .chooseClientAlias(
                new String[] {"RSA"}, new Principal[] {new X500Principal("CN=somebody")}, null);
    assertThat(certificate.keyManager().getCertificateChain(alias))
        .containsExactly(certificate.certificate());
  }
}
