package io.github.cachemesh.e2e.credentials;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A certificate authority of one run, and certificates of it for servers on this machine. */
final class Certificates {
  private final X509Bundle authority;
  private final Path folder;

  /**
   * Makes an authority.
   *
   * @param folder for its files
   */
  Certificates(Path folder) throws Exception {
    this.folder = folder;
    this.authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=Authority of the show")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(ca(), authority.getCertificatePEM());
  }

  /** The authority's certificate, as PEM. */
  Path ca() {
    return folder.resolve("ca.pem");
  }

  /** The certificate chain and the private key of a server, as PEM. */
  record Server(X509Bundle bundle, Path chain, Path key) {
    /** For a server with this certificate, which is a client that trusts whomever it asks. */
    SSLContext context() throws GeneralSecurityException {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      KeyStore store = KeyStore.getInstance("PKCS12");
      try {
        store.load(null, null);
      } catch (IOException e) {
        throw new IllegalStateException("an empty key store needs no input", e);
      }
      store.setKeyEntry(
          "server", bundle.getKeyPair().getPrivate(), new char[0], bundle.getCertificatePath());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {new Trusting()}, null);
      return context;
    }
  }

  /** A certificate for localhost and 127.0.0.1. */
  Server server(String name) throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=" + name)
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .buildIssuedBy(authority);
    Path chain = folder.resolve(name + ".pem");
    Path key = folder.resolve(name + ".key");
    Files.writeString(chain, bundle.getCertificatePathPEM());
    Files.writeString(key, bundle.getPrivateKeyPEM());
    return new Server(bundle, chain, key);
  }

  /** Takes any certificate and any name: what passes through the proxy protects itself. */
  private static final class Trusting extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] c, String t, Socket s) {}

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] c, String t, Socket s) {}

    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] c, String t, SSLEngine e) {}

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] c, String t, SSLEngine e) {}

    @Override
    public void checkClientTrusted(java.security.cert.X509Certificate[] c, String t) {}

    @Override
    public void checkServerTrusted(java.security.cert.X509Certificate[] c, String t) {}

    @Override
    public java.security.cert.X509Certificate[] getAcceptedIssuers() {
      return new java.security.cert.X509Certificate[0];
    }
  }
}
