package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecureChannel;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslCachingX509KeyManagerFactory;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProtocols;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.internal.tcnative.SSL;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 by BoringSSL, in which both ends prove their peer ids before plaintext flows and agree on
 * a muxer (libp2p specs, {@code tls/tls.md} and {@code connections/inlined-muxer-negotiation.md}).
 * No server name is sent, sessions are not resumed, and closing the channel says so to the other
 * end. Thread-safe.
 *
 * <p>A dialer is done before the listener has verified it, as TLS 1.3 has it: when the listener
 * refuses, the next handler catches a {@link io.github.cachemesh.libp2p.core.HandshakeException}
 * before it reads anything, unless the other end's reset overtook its alert.
 *
 * <p>A handshake holds at most 16 KiB of a message that is not whole yet.
 */
public final class TlsChannel implements SecureChannel {
  public static final ProtocolId PROTOCOL = new ProtocolId("/tls/1.0.0");

  /** Agreed on by peers that choose their muxer after the handshake. */
  static final String NO_MUXER = "libp2p";

  // Above the certificate itself the list has a few bytes of lengths.
  private static final int MAX_CERTIFICATE_LIST_BYTES = PeerCertificateVerifier.MAX_BYTES + 64;
  // Four records are encrypted into one buffer: fewer, larger writes to the transport.
  private static final int WRAP_BYTES = 64 * 1024;
  // A secure channel has no end of its own; connections hold the contexts as long as they need.
  private static final Cleaner CLEANER = Cleaner.create();

  private final SslContext dialer;
  private final SslContext listener;
  private final List<ProtocolId> muxers;

  /**
   * @param muxers offered in the handshake, the preferred first; may be empty
   * @throws IllegalStateException if BoringSSL cannot be loaded here; the cause says why
   */
  public TlsChannel(PeerCertificate certificate, InstantSource clock, List<ProtocolId> muxers) {
    this.muxers = List.copyOf(muxers);
    PeerTrustManager trust = new PeerTrustManager(new PeerCertificateVerifier(clock));
    KeyManagerFactory key =
        new OpenSslCachingX509KeyManagerFactory(
            new KeyManagerFactoryWrapper(certificate.keyManager()));
    dialer = context(SslContextBuilder.forClient().keyManager(key), trust);
    listener = context(SslContextBuilder.forServer(key).clientAuth(ClientAuth.REQUIRE), trust);
    CLEANER.register(this, new Release(dialer, listener));
  }

  private SslContext context(SslContextBuilder builder, PeerTrustManager trust) {
    try {
      SslContext context =
          builder
              .sslProvider(SslProvider.OPENSSL_REFCNT)
              .protocols(SslProtocols.TLS_v1_3)
              .trustManager(trust)
              .endpointIdentificationAlgorithm(null)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      Stream.concat(muxers.stream().map(ProtocolId::name), Stream.of(NO_MUXER))
                          .toList()))
              .option(OpenSslContextOption.MAX_CERTIFICATE_LIST_BYTES, MAX_CERTIFICATE_LIST_BYTES)
              .option(OpenSslContextOption.USE_TASKS, false)
              .build();
      ((ReferenceCountedOpenSslContext) context).sessionContext().setSessionCacheEnabled(false);
      return context;
    } catch (SSLException | UnsatisfiedLinkError e) {
      throw new IllegalStateException("TLS needs BoringSSL's native library", e);
    }
  }

  private record Release(SslContext dialer, SslContext listener) implements Runnable {
    @Override
    public void run() {
      ReferenceCountUtil.release(dialer);
      ReferenceCountUtil.release(listener);
    }
  }

  @Override
  public ProtocolId protocol() {
    return PROTOCOL;
  }

  @Override
  public CompletableFuture<SecuredPeer> secure(
      Channel channel, Role role, @Nullable PeerId expected) {
    if (!channel.isActive()) {
      return CompletableFuture.failedFuture(
          new ConnectionClosedException("the channel ended before the TLS handshake"));
    }
    SslHandler tls =
        (role == Role.DIALER ? dialer : listener)
            .newHandler(channel.alloc(), expected == null ? null : expected.toBase58(), -1);
    tls.setWrapDataSize(WRAP_BYTES);
    // The caller bounds the time.
    tls.setHandshakeTimeoutMillis(0);
    // Netty allows tickets on each engine anew; nobody would use them.
    SSL.setOptions(
        ((ReferenceCountedOpenSslEngine) tls.engine()).sslPointer(), SSL.SSL_OP_NO_TICKET);
    TlsHandshake handshake = new TlsHandshake(tls, role, muxers);
    channel.pipeline().addLast(handshake);
    // The engine is there and holds its context; before, this alone did.
    Reference.reachabilityFence(this);
    return handshake.result();
  }
}
