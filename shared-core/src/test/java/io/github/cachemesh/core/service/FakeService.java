package io.github.cachemesh.core.service;

import io.github.cachemesh.core.envelope.KeyKind;
import io.github.cachemesh.core.envelope.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;

/** An HTTPS server that answers whatever a test wants, with a service's key. */
final class FakeService implements AutoCloseable {
  final SecureRandom random = new SecureRandom();
  final SigningKey key = KeyKind.SIGNING.fresh(random);
  final List<byte[]> requests = Collections.synchronizedList(new ArrayList<>());

  private final HeldCertificate certificate =
      new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  private final MockWebServer server = new MockWebServer();

  /** Answers a request's bytes. */
  interface Answering {
    MockResponse answer(byte[] request) throws Exception;
  }

  FakeService(Answering answering) throws IOException {
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            byte[] body = request.getBody() == null ? new byte[0] : request.getBody().toByteArray();
            requests.add(body);
            try {
              return answering.answer(body);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          }
        });
    server.start();
  }

  ServiceUrl url() {
    return ServiceUrl.of(URI.create("https://localhost:" + server.getPort()));
  }

  OkHttpClient http() {
    HandshakeCertificates trusted =
        new HandshakeCertificates.Builder()
            .addTrustedCertificate(certificate.certificate())
            .build();
    return new OkHttpClient.Builder()
        .sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager())
        .build();
  }

  /** Comes here whatever the URL's port is. */
  OkHttpClient httpForAnyHost() {
    return http()
        .newBuilder()
        .addInterceptor(
            chain ->
                chain.proceed(
                    chain
                        .request()
                        .newBuilder()
                        .url(chain.request().url().newBuilder().port(server.getPort()).build())
                        .build()))
        .build();
  }

  /** The answer to a request, by that key. */
  byte[] sealed(ServiceAnswer answer, byte[] request, SigningKey signing) throws Exception {
    return SealedAnswer.make(
        answer.bytes(), request, Asking.ForCredentials.read(request).recipient(), signing, random);
  }

  static MockResponse response(byte[] sealed) {
    return new MockResponse.Builder()
        .addHeader("Content-Type", Wire.ANSWER_TYPE)
        .body(new Buffer().write(sealed))
        .build();
  }

  @Override
  public void close() {
    server.close();
    key.close();
  }
}
