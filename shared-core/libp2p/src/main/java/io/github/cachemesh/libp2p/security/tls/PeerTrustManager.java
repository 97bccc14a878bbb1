package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts every peer that proves its id, and on engines that were made for a peer's id as host only
 * that one. For BoringSSL by Netty, over TCP and QUIC: the JDK's own TLS refuses certificates with
 * empty names before they come here. Thread-safe.
 *
 * <p>The expected peer is the engine's peer host, {@link PeerId#toBase58}: it has no dot, so that
 * Netty does not send it as server name. The proven key is found by {@link #peer} in the engine's
 * session; it is verified once a handshake.
 */
public final class PeerTrustManager extends X509ExtendedTrustManager {
  private static final String KEY = "libp2p.peer";
  private static final X509Certificate[] NONE = {};

  private final PeerCertificateVerifier verifier;

  public PeerTrustManager(PeerCertificateVerifier verifier) {
    this.verifier = verifier;
  }

  /**
   * The key that the other end proved to hold.
   *
   * @throws IllegalStateException if the session's handshake is not done
   */
  public static PublicKey peer(SSLSession session) {
    if (session.getValue(KEY) instanceof PublicKey key) {
      return key;
    }
    throw new IllegalStateException("the peer has proven nothing yet");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, engine.getHandshakeSession());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, engine.getHandshakeSession());
  }

  private void check(X509Certificate[] chain, SSLSession session) throws CertificateException {
    List<byte[]> encoded = new ArrayList<>(chain.length);
    for (X509Certificate certificate : chain) {
      // Netty's certificates give the received bytes, without parsing them by the JDK.
      encoded.add(certificate.getEncoded());
    }
    PublicKey key = verifier.verify(encoded);
    String expected = session.getPeerHost();
    String proven = PeerId.of(key).toBase58();
    if (expected != null && !expected.equals(proven)) {
      PeerMismatchException cause =
          new PeerMismatchException("dialed " + expected + ", and " + proven + " answered");
      throw new CertificateException(cause.getMessage(), cause);
    }
    session.putValue(KEY, key);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("peers are verified on engines only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("peers are verified on engines only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("peers are verified on engines only");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("peers are verified on engines only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
