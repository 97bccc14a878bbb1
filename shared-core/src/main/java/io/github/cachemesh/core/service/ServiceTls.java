package io.github.cachemesh.core.service;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

/** The service's certificate and its key, from PEM files, for TLS 1.2 and 1.3 by the JDK. */
final class ServiceTls {
  private ServiceTls() {}

  /**
   * What connections are made with.
   *
   * @param certificates the service's own first, then those up to the authority's
   * @param key PKCS #8 without a passphrase
   * @throws IOException when one of the files is none of its kind; the message names both
   */
  static SslContext of(Path certificates, Path key) throws IOException {
    for (Path file : new Path[] {certificates, key}) {
      if (!Files.isReadable(file)) {
        throw new IOException(file + " cannot be read");
      }
    }
    try {
      return SslContextBuilder.forServer(certificates.toFile(), key.toFile())
          .sslProvider(SslProvider.JDK)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (IllegalArgumentException | SSLException _) {
      // The cause may quote the key's file.
      throw new IOException(
          "%s and %s are not a certificate and its key: PEM is wanted, the key as PKCS #8"
                  .formatted(certificates, key)
              + " ('BEGIN PRIVATE KEY') without a passphrase");
    }
  }
}
