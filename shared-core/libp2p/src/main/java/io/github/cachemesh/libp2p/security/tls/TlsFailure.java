package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.Role;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Names in libp2p's exceptions what failed in TLS. */
final class TlsFailure {
  private TlsFailure() {}

  /** Why there was no handshake. */
  static IOException ofHandshake(Throwable cause) {
    PeerMismatchException mismatch = find(cause, PeerMismatchException.class);
    if (mismatch != null) {
      return mismatch;
    }
    CertificateException refused = find(cause, CertificateException.class);
    if (refused != null) {
      return new HandshakeException(
          "the other end's certificate is refused: " + refused.getMessage(), cause);
    }
    return cause instanceof IOException && !(cause instanceof SSLException)
        ? new ConnectionClosedException("the channel ended during the TLS handshake", cause)
        : new HandshakeException("the TLS handshake failed: " + cause.getMessage(), cause);
  }

  /**
   * Why a channel failed after the handshake; what is not about TLS is left as it is.
   *
   * @param heard whether the other end has shown by plaintext that it accepted this one
   */
  static Throwable ofChannel(Throwable cause, Role role, boolean heard) {
    Throwable origin = cause instanceof DecoderException ? cause.getCause() : cause;
    if (!(origin instanceof SSLException tls)) {
      return cause;
    }
    return role == Role.DIALER && !heard
        ? new HandshakeException("the other end refused this one: " + tls.getMessage(), tls)
        : new ProtocolViolationException("TLS failed: " + tls.getMessage(), tls);
  }

  private static <T> @Nullable T find(@Nullable Throwable cause, Class<T> type) {
    for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
      if (type.isInstance(inner)) {
        return type.cast(inner);
      }
    }
    return null;
  }
}
