package io.github.cachemesh.core.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that upstream servers may present: the JDK's, and those of a PEM
 * file. Immutable.
 */
public final class TrustedCertificates {
  private final X509TrustManager manager;
  private final SSLSocketFactory socketFactory;

  private TrustedCertificates(X509TrustManager manager) throws GeneralSecurityException {
    this.manager = manager;
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {manager}, null);
    this.socketFactory = context.getSocketFactory();
  }

  public static TrustedCertificates ofJdk() {
    try {
      return new TrustedCertificates(manager(null));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no usable trust store", e);
    }
  }

  /**
   * The JDK's and those of a PEM file.
   *
   * @throws IOException when the file cannot be read or holds no certificate; the message names it
   */
  public static TrustedCertificates ofJdkAnd(Path pemFile) throws IOException {
    try (InputStream pem = Files.newInputStream(pemFile)) {
      Collection<? extends Certificate> added =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (added.isEmpty()) {
        throw new IOException("ca-file " + pemFile + " holds no PEM certificate");
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate known : manager(null).getAcceptedIssuers()) {
        store.setCertificateEntry("jdk-" + number++, known);
      }
      for (Certificate certificate : added) {
        store.setCertificateEntry("file-" + number++, certificate);
      }
      return new TrustedCertificates(manager(store));
    } catch (GeneralSecurityException e) {
      throw new IOException("ca-file " + pemFile + " is not a PEM file of certificates", e);
    }
  }

  private static X509TrustManager manager(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager candidate : factory.getTrustManagers()) {
      if (candidate instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  /** Judges servers' certificates by them. */
  public X509TrustManager manager() {
    return manager;
  }

  /** Makes connections to servers that {@link #manager} trusts. */
  public SSLSocketFactory socketFactory() {
    return socketFactory;
  }
}
