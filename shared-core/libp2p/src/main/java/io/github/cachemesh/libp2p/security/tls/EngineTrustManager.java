package io.github.cachemesh.libp2p.security.tls;

import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at peers on engines only, the same way in both roles; names no certificate authorities. For
 * BoringSSL by Netty, over TCP and QUIC: the JDK's own TLS refuses certificates with empty names
 * before they come here.
 */
public abstract class EngineTrustManager extends X509ExtendedTrustManager {
  private static final X509Certificate[] NONE = {};

  /**
   * @throws CertificateException if the peer is not trusted
   */
  protected abstract void check(X509Certificate[] chain, SSLEngine engine)
      throws CertificateException;

  /** As they were received: Netty's certificates are not parsed by the JDK for that. */
  public static List<byte[]> encoded(Certificate[] chain) throws CertificateException {
    List<byte[]> encoded = new ArrayList<>(chain.length);
    for (Certificate certificate : chain) {
      encoded.add(certificate.getEncoded());
    }
    return encoded;
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, engine);
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, engine);
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public final void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw withoutEngine();
  }

  @Override
  public final void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw withoutEngine();
  }

  private static CertificateException withoutEngine() {
    return new CertificateException("peers are verified on engines only");
  }

  @Override
  public final X509Certificate[] getAcceptedIssuers() {
    return NONE;
  }
}
