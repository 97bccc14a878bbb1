package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.security.tls.EngineTrustManager;
import io.github.cachemesh.libp2p.security.tls.PeerCertificate;
import io.github.cachemesh.libp2p.security.tls.PeerCertificateVerifier;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.codec.quic.QuicSslEngine;
import io.netty.handler.ssl.ClientAuth;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of QUIC connections, in which both ends prove their peer ids (libp2p specs, {@code
 * quic/README.md} and {@code tls/tls.md}). Neither sessions nor early data are used. Thread-safe.
 */
final class PeerTls {
  private static final String PROTOCOL = "libp2p";
  private static final String EXPECTED = "libp2p.expected";
  private static final String PROVEN = "libp2p.proven";
  private static final String FAILURE = "libp2p.failure";

  private final PeerCertificateVerifier verifier;
  private final QuicSslContext dialing;
  private final QuicSslContext listening;

  PeerTls(PeerCertificate certificate, PeerCertificateVerifier verifier) {
    this.verifier = verifier;
    X509ExtendedKeyManager key = certificate.keyManager();
    Trust trust = new Trust();
    dialing =
        QuicSslContextBuilder.forClient()
            .keyManager(key, null)
            .trustManager(trust)
            .applicationProtocols(PROTOCOL)
            .sessionCacheSize(0)
            .build();
    listening =
        QuicSslContextBuilder.forServer(key, null)
            .trustManager(trust)
            .clientAuth(ClientAuth.REQUIRE)
            .applicationProtocols(PROTOCOL)
            .build();
  }

  QuicSslEngine listening(ByteBufAllocator allocator) {
    return listening.newEngine(allocator);
  }

  /**
   * @param expected null takes anybody
   */
  QuicSslEngine dialing(ByteBufAllocator allocator, @Nullable PeerId expected) {
    QuicSslEngine engine = dialing.newEngine(allocator);
    if (expected != null) {
      engine.getSession().putValue(EXPECTED, expected);
    }
    return engine;
  }

  /**
   * The key that the other end has proven to hold, once the handshake is done.
   *
   * @throws HandshakeException if it has proven nothing
   */
  PublicKey peer(SSLEngine engine) throws HandshakeException {
    SSLSession session = engine.getSession();
    if (session.getValue(PROVEN) instanceof PublicKey key) {
      return key;
    }
    // Some peers resume sessions although nobody needs to accept that: BoringSSL remembers the
    // certificate then, but does not ask about it.
    try {
      return verify(session, session.getPeerCertificates());
    } catch (SSLPeerUnverifiedException | CertificateException e) {
      throw failure(engine, e);
    }
  }

  /** Why the handshake failed at this end, if the peer's certificate was the reason. */
  @Nullable HandshakeException failure(SSLEngine engine) {
    return engine.getSession().getValue(FAILURE) instanceof HandshakeException failure
        ? failure
        : null;
  }

  private HandshakeException failure(SSLEngine engine, Exception cause) {
    HandshakeException failure = failure(engine);
    return failure == null
        ? new HandshakeException("the peer proved nothing: " + cause.getMessage(), cause)
        : failure;
  }

  private PublicKey verify(SSLSession session, Certificate[] chain) throws CertificateException {
    try {
      PublicKey key = verifier.verify(EngineTrustManager.encoded(chain));
      PeerId proven = PeerId.of(key);
      if (session.getValue(EXPECTED) instanceof PeerId expected && !expected.equals(proven)) {
        PeerMismatchException failure =
            new PeerMismatchException("dialed " + expected + ", and " + proven + " answered");
        session.putValue(FAILURE, failure);
        throw new CertificateException(failure);
      }
      session.putValue(PROVEN, key);
      return key;
    } catch (CertificateException e) {
      if (session.getValue(FAILURE) == null) {
        session.putValue(FAILURE, new HandshakeException("the peer's " + e.getMessage(), e));
      }
      throw e;
    }
  }

  private final class Trust extends EngineTrustManager {
    @Override
    protected void check(X509Certificate[] chain, SSLEngine engine) throws CertificateException {
      verify(engine.getSession(), chain);
    }
  }
}
