package io.github.cachemesh.core.service;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLParameters;

/**
 * The service's certificates and their key, from PEM files, for TLS 1.2 and 1.3 by the JDK,
 * followed as the files change: connections are made with the last pair that belonged together.
 * Thread-safe.
 */
final class ServiceTls {
  /** The JDK agrees on keys more quickly by P-256 than by X25519. */
  private static final String[] GROUPS = {"secp256r1", "x25519", "secp384r1", "secp521r1"};

  private final Followed<Served> followed;

  /**
   * @param expires when the service's own certificate does
   */
  private record Served(SslContext context, Instant expires) {}

  /**
   * @param certificates the service's own first, then those up to the authority's
   * @param key PKCS #8 without a passphrase
   * @throws IOException when one of the files cannot be read or is none of its kind, or they do not
   *     belong together; the message names them
   */
  ServiceTls(Path certificates, Path key) throws IOException {
    this.followed =
        new Followed<>(
            List.of(certificates, key),
            contents -> {
              try {
                return served(TlsIdentity.read(contents.getFirst(), contents.getLast()));
              } catch (GeneralSecurityException | IOException | RuntimeException _) {
                // The cause may quote the key's file.
                throw new IOException(
                    "%s and %s are not a certificate and its key: PEM is wanted, the key as PKCS #8"
                            .formatted(certificates, key)
                        + " ('BEGIN PRIVATE KEY') without a passphrase");
              }
            });
  }

  private static Served served(TlsIdentity identity) throws IOException {
    SslContext context =
        SslContextBuilder.forServer(identity.key(), identity.chain())
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .build();
    return new Served(context, identity.chain().getFirst().getNotAfter().toInstant());
  }

  /** Looks at the files again. */
  Reload reload() {
    return followed.reload();
  }

  /** What connections are made with now. */
  SslContext context() {
    return followed.current().context();
  }

  /** What ends TLS on a new connection. */
  SslHandler handler(ByteBufAllocator memory) {
    SslHandler handler = context().newHandler(memory);
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setNamedGroups(GROUPS);
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  /** When the certificate that is served now expires. */
  Instant expires() {
    return followed.current().expires();
  }

  /** Why the files as they are now are not what is served; empty when they are. */
  Optional<String> problem() {
    return followed.problem();
  }
}
