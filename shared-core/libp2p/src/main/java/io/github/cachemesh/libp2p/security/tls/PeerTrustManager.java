package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * Trusts every peer that proves its id, and on engines that were made for a peer's id as host only
 * that one. Thread-safe.
 *
 * <p>The expected peer is the engine's peer host, {@link PeerId#toBase58}: it has no dot, so that
 * Netty does not send it as server name. The proven key is found by {@link #peer} in the engine's
 * session; it is verified once a handshake.
 */
final class PeerTrustManager extends EngineTrustManager {
  private static final String KEY = "libp2p.peer";

  private final PeerCertificateVerifier verifier;

  PeerTrustManager(PeerCertificateVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * The key that the other end proved to hold.
   *
   * @throws IllegalStateException if the session's handshake is not done
   */
  static PublicKey peer(SSLSession session) {
    if (session.getValue(KEY) instanceof PublicKey key) {
      return key;
    }
    throw new IllegalStateException("the peer has proven nothing yet");
  }

  @Override
  protected void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
    SSLSession session = engine.getHandshakeSession();
    PublicKey key = verifier.verify(encoded(chain));
    String expected = session.getPeerHost();
    String proven = PeerId.of(key).toBase58();
    if (expected != null && !expected.equals(proven)) {
      PeerMismatchException cause =
          new PeerMismatchException("dialed " + expected + ", and " + proven + " answered");
      throw new CertificateException(cause.getMessage(), cause);
    }
    session.putValue(KEY, key);
  }
}
