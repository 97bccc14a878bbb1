package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;

/**
 * Decides on each connection that a peer wants to open, before anything is kept for it: at most
 * {@code maxHandshakes} run at once, and from half of them on only addresses that are proven get
 * in. What is refused gets no answer. Confined to the socket's event loop, but for {@link #close}.
 */
final class Admission implements QuicTokenHandler {
  private final ConnectionAcceptor acceptor;
  private final RetryTokens tokens;
  private final int maxHandshakes;
  private int handshakes;
  private volatile boolean closed;

  Admission(ConnectionAcceptor acceptor, RetryTokens tokens, int maxHandshakes) {
    this.acceptor = acceptor;
    this.tokens = tokens;
    this.maxHandshakes = maxHandshakes;
  }

  void handshakeBegins() {
    handshakes++;
  }

  void handshakeEnds() {
    handshakes--;
  }

  /** Admits nobody any more. */
  void close() {
    closed = true;
  }

  @Override
  public boolean writeToken(ByteBuf out, ByteBuf firstId, InetSocketAddress address) {
    if (isFull()) {
      throw new Refusal();
    }
    if (handshakes >= maxHandshakes / 2) {
      tokens.write(out, firstId, address);
      return true;
    }
    if (!acceptor.admits(Multiaddr.quic(address))) {
      throw new Refusal();
    }
    return false;
  }

  @Override
  public int validateToken(ByteBuf token, InetSocketAddress address) {
    int id = isFull() ? -1 : tokens.check(token, address);
    return id >= 0 && acceptor.admits(Multiaddr.quic(address)) ? id : -1;
  }

  private boolean isFull() {
    return closed || handshakes >= maxHandshakes;
  }

  @Override
  public int maxTokenLength() {
    return RetryTokens.MAX_BYTES;
  }

  /** The way to make Netty's codec drop a packet that has no token: it costs no stack trace. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal() {
      super("not admitted", null, false, false);
    }
  }
}
