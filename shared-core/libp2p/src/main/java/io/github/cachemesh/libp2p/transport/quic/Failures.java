package io.github.cachemesh.libp2p.transport.quic;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.ProtocolViolationException;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.codec.quic.QuicException;
import io.netty.handler.codec.quic.QuicStreamResetException;
import io.netty.handler.codec.quic.QuicTransportError;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** What ends connections and streams of QUIC (RFC 9000, section 20), in the words of core. */
final class Failures {
  private static final int MAX_REASON_CHARACTERS = 100;
  private static final long CONNECTION_REFUSED = QuicTransportError.CONNECTION_REFUSED.code();

  private Failures() {}

  /** The peer's end of a connection that was established. */
  static ConnectionClosedException closed(QuicConnectionCloseEvent event) {
    return new ConnectionClosedException("the peer closed the connection: " + describe(event));
  }

  /** Whether the peer ended it in order. */
  static boolean isOrderly(QuicConnectionCloseEvent event) {
    return event.error() == 0;
  }

  /** The peer's end of a handshake. */
  static IOException refused(QuicConnectionCloseEvent event) {
    if (event.isTlsError()) {
      return new HandshakeException("the peer refused the handshake: " + describe(event));
    }
    return event.error() == CONNECTION_REFUSED && !event.isApplicationClose()
        ? new ConnectionClosedException("the peer takes no connection: " + describe(event))
        : closed(event);
  }

  /** What went wrong at this end of a connection. */
  static IOException local(Throwable cause) {
    return switch (cause) {
      case SSLException tls -> new HandshakeException("TLS failed: " + tls.getMessage(), tls);
      case QuicException quic when quic.error() != null ->
          new ProtocolViolationException("the peer broke QUIC's rules: " + quic.getMessage(), quic);
      case IOException io -> io;
      default -> new ConnectionClosedException("the connection failed: " + cause, cause);
    };
  }

  static StreamResetException reset(QuicStreamResetException cause) {
    return new StreamResetException(
        "the peer reset the stream with error " + hex(cause.applicationProtocolCode()), cause);
  }

  /**
   * @param connection why the connection ended, if it did
   */
  static IOException write(Throwable cause, IOException connection) {
    return cause instanceof ChannelOutputShutdownException
        ? new StreamResetException("the peer reads no more of the stream", cause)
        : connection;
  }

  private static String describe(QuicConnectionCloseEvent event) {
    String kind =
        event.isTlsError() ? "TLS alert " : event.isApplicationClose() ? "error " : "QUIC error ";
    int code =
        event.isTlsError()
            ? QuicConnectionCloseEvent.extractTlsError(event.error())
            : event.error();
    return kind + hex(code) + reason(event.reason());
  }

  private static String hex(long code) {
    return "0x" + Long.toHexString(code);
  }

  /** Foreign text: only what prints, and not much of it. */
  private static String reason(byte[] reason) {
    if (reason.length == 0) {
      return "";
    }
    int length = Math.min(reason.length, MAX_REASON_CHARACTERS);
    return ", " + new String(reason, 0, length, ISO_8859_1).replaceAll("[^ -~]", "?");
  }
}
