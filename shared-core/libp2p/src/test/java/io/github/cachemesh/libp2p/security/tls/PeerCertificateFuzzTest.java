package io.github.cachemesh.libp2p.security.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cachemesh.libp2p.identity.PublicKey;
import java.security.cert.CertificateException;
import java.util.List;

class PeerCertificateFuzzTest {
  private static final PeerCertificateVerifier VERIFIER =
      new PeerCertificateVerifier(() -> ForeignCertificate.NOW);

  /** Whatever comes, there is a key that can be encoded again or a named refusal. */
  @FuzzTest(maxDuration = "5s")
  void verifierNamesAPeerOrRefuses(byte[] der) {
    PublicKey key;
    try {
      key = VERIFIER.verify(List.of(der));
    } catch (CertificateException refused) {
      assertThat(refused).hasMessageNotContaining("null");
      return;
    }
    assertThat(PublicKey.decode(key.encoded())).isEqualTo(key);
  }
}
