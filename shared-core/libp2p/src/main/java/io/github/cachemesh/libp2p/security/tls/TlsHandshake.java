package io.github.cachemesh.libp2p.security.tls;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What stands between {@link SslHandler} and the next layer: it tells the handshake's outcome, and
 * passes plaintext on only after the next layer asked for the first of it. What the other end sent
 * right behind its handshake is held until then; that is at most what the transport reads at once,
 * because {@link SslHandler} does not read on by itself after plaintext. Failures are told in
 * libp2p's own exceptions. On the channel's event loop only.
 */
final class TlsHandshake extends ChannelDuplexHandler {
  private final SslHandler tls;
  private final Role role;
  private final List<ProtocolId> muxers;
  private final CompletableFuture<SecuredPeer> result = new CompletableFuture<>();

  /** Null once the next layer has asked for plaintext, and has got what was held. */
  private @Nullable Queue<Object> held = new ArrayDeque<>(2);

  private boolean passing;

  /** Whether there has been plaintext at all, and in the present read of the transport. */
  private boolean heard;

  private boolean quiet = true;

  TlsHandshake(SslHandler tls, Role role, List<ProtocolId> muxers) {
    this.tls = tls;
    this.role = role;
    this.muxers = muxers;
  }

  CompletableFuture<SecuredPeer> result() {
    return result;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    // Only now, lest the handshake's events come before there is somebody to see them.
    ctx.pipeline().addBefore(ctx.name(), null, tls);
    ctx.read();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent done when done.isSuccess() -> succeed(ctx);
      // SslHandler closes the channel, behind its alert.
      case SslHandshakeCompletionEvent failed ->
          result.completeExceptionally(TlsFailure.ofHandshake(failed.cause()));
      case SslCloseCompletionEvent closed when closed.isSuccess() -> ctx.close();
      case SslCloseCompletionEvent _ -> {}
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  private void succeed(ChannelHandlerContext ctx) {
    String protocol = tls.applicationProtocol();
    if (protocol == null && role == Role.LISTENER) {
      result.completeExceptionally(
          new HandshakeException("the other end did not offer libp2p as its TLS protocol"));
      ctx.close();
      return;
    }
    ProtocolId muxer =
        muxers.stream().filter(offered -> offered.name().equals(protocol)).findFirst().orElse(null);
    result.complete(new SecuredPeer(PeerTrustManager.peer(tls.engine().getSession()), muxer));
  }

  private boolean succeeded() {
    return result.isDone() && !result.isCompletedExceptionally();
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (held == null || passing || !succeeded()) {
      ctx.read();
      return;
    }
    boolean enough = !held.isEmpty() && !ctx.channel().config().isAutoRead();
    pass(ctx);
    if (!enough) {
      ctx.read();
    }
  }

  private void pass(ChannelHandlerContext ctx) {
    if (held == null || passing) {
      return;
    }
    passing = true;
    boolean some = !held.isEmpty();
    while (held != null && !held.isEmpty()) {
      ctx.fireChannelRead(held.remove());
    }
    held = null;
    if (some) {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heard = true;
    quiet = false;
    if (held != null) {
      held.add(message);
    } else {
      ctx.fireChannelRead(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (quiet && succeeded()) {
      // A broken record shows only when SslHandler is called again.
      ctx.flush();
    }
    quiet = true;
    if (held == null) {
      ctx.fireChannelReadComplete();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (succeeded()) {
      ctx.fireExceptionCaught(TlsFailure.ofChannel(cause, role, heard));
      ctx.close();
      return;
    }
    // SslHandler tells its own failures twice, by an event and, wrapped, as an exception.
    if (!(cause instanceof DecoderException)) {
      result.completeExceptionally(TlsFailure.ofHandshake(cause));
    }
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    result.completeExceptionally(
        new ConnectionClosedException("the channel ended during the TLS handshake"));
    if (succeeded()) {
      pass(ctx);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    result.completeExceptionally(
        new ConnectionClosedException("the channel ended during the TLS handshake"));
    while (held != null && !held.isEmpty()) {
      ReferenceCountUtil.release(held.remove());
    }
  }
}
