package io.github.cachemesh.testkit.github;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;

/** A certificate authority made for one run, and a server certificate for GitHub's names. */
final class SimulatorTls {
  private final X509Bundle authority;
  private final X509Bundle server;

  private SimulatorTls(X509Bundle authority, X509Bundle server) {
    this.authority = authority;
    this.server = server;
  }

  static SimulatorTls generate() {
    try {
      X509Bundle authority =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=GitHub simulator CA")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      CertificateBuilder server =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=api.github.com")
              .addSanDnsName("localhost")
              .addSanIpAddress("127.0.0.1")
              .addExtendedKeyUsageServerAuth();
      PublicUrls.hosts().forEach(server::addSanDnsName);
      return new SimulatorTls(authority, server.buildIssuedBy(authority));
    } catch (Exception e) {
      throw new IllegalStateException("Cannot make certificates", e);
    }
  }

  SslContext serverContext() {
    try {
      return SslContextBuilder.forServer(
              server.getKeyPair().getPrivate(), server.getCertificatePath())
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("Cannot set TLS up", e);
    }
  }

  X509Certificate authorityCertificate() {
    return authority.getCertificate();
  }

  String authorityPem() {
    return authority.getCertificatePEM();
  }
}
