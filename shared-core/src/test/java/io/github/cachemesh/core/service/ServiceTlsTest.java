package io.github.cachemesh.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTlsTest {
  private static final HeldCertificate FIRST = new HeldCertificate.Builder().build();
  private static final HeldCertificate SECOND = new HeldCertificate.Builder().build();
  private static final HeldCertificate RSA = new HeldCertificate.Builder().rsa2048().build();

  @TempDir Path folder;
  private Path certificates;
  private Path key;

  @BeforeEach
  void write() throws IOException {
    certificates = Files.writeString(folder.resolve("tls.pem"), FIRST.certificatePem());
    key = Files.writeString(folder.resolve("tls.key"), FIRST.privateKeyPkcs8Pem());
  }

  @Test
  void renewedPairReplacesTheOneBefore() throws IOException {
    ServiceTls tls = new ServiceTls(certificates, key);
    SslContext before = tls.context();
    Files.writeString(certificates, RSA.certificatePem());
    Files.writeString(key, RSA.privateKeyPkcs8Pem());

    assertThat(tls.reload()).isEqualTo(new Reload.Replaced());
    assertThat(tls.context()).isNotSameAs(before);
    assertThat(tls.expires()).isEqualTo(RSA.certificate().getNotAfter().toInstant());
  }

  @Test
  void halfOfARenewalIsNotServed() throws IOException {
    ServiceTls tls = new ServiceTls(certificates, key);
    SslContext before = tls.context();
    Files.writeString(certificates, SECOND.certificatePem());

    assertThat(tls.reload())
        .asInstanceOf(type(Reload.Refused.class))
        .satisfies(
            refused ->
                assertThat(refused.problem()).contains(certificates.toString(), key.toString()));
    assertThat(tls.reload()).isEqualTo(new Reload.Unchanged());
    assertThat(tls.problem()).isPresent();
    assertThat(tls.context()).isSameAs(before);

    Files.writeString(key, SECOND.privateKeyPkcs8Pem());
    assertThat(tls.reload()).isEqualTo(new Reload.Replaced());
    assertThat(tls.problem()).isEmpty();
  }

  @Test
  void oneFileMayHaveAllOfThem() throws IOException {
    HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    HeldCertificate own = new HeldCertificate.Builder().signedBy(authority).build();
    Files.writeString(
        certificates,
        "Subject: the service\n"
            + own.privateKeyPkcs8Pem()
            + own.certificatePem()
            + authority.certificatePem());

    assertThat(new ServiceTls(certificates, certificates).expires())
        .isEqualTo(own.certificate().getNotAfter().toInstant());
  }

  @Test
  void keyOfAnotherCertificateIsRefused() throws IOException {
    Files.writeString(key, SECOND.privateKeyPkcs8Pem());

    refuses("are not a certificate and its key");
  }

  @Test
  void keyOfAnotherKindIsRefused() throws IOException {
    Files.writeString(key, RSA.privateKeyPkcs8Pem());

    refuses("are not a certificate and its key");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Files.writeString(key, FIRST.certificatePem());
    refuses("as PKCS #8");

    Files.delete(key);
    refuses("tls.key cannot be read");
  }

  @Test
  void malformedKeyIsNotQuoted() throws IOException {
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n");

    assertThatIOException()
        .isThrownBy(() -> new ServiceTls(certificates, key))
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  private void refuses(String told) {
    assertThatIOException()
        .isThrownBy(() -> new ServiceTls(certificates, key))
        .withMessageContaining(told);
  }
}
