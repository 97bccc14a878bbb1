package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionCloseEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of one connection: it ends, within its time, with a connection to a proven peer or
 * with the channel closed. Confined to the event loop, but for the result.
 */
final class Upgrade extends ChannelInboundHandlerAdapter {
  private final Role role;
  private final PeerTls tls;
  private final MemoryBudget memory;
  private final QuicSettings settings;
  private final CompletableFuture<MuxedConnection> result = new CompletableFuture<>();
  private @Nullable QuicChannel channel;
  private @Nullable InetSocketAddress local;
  private @Nullable Future<?> deadline;
  private @Nullable IOException failure;

  Upgrade(Role role, PeerTls tls, MemoryBudget memory, QuicSettings settings) {
    this.role = role;
    this.tls = tls;
    this.memory = memory;
    this.settings = settings;
  }

  /** Cancelling it gives the connection up. */
  CompletableFuture<MuxedConnection> result() {
    return result;
  }

  /** Spares the connection to find out again which address its packets leave from. */
  void leavesFrom(InetSocketAddress local) {
    this.local = local;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    QuicChannel added = (QuicChannel) ctx.channel();
    channel = added;
    if (role == Role.DIALER) {
      ctx.pipeline().addFirst(new KeepAlive(settings.keepAlive()));
    }
    long timeoutMillis = settings.handshakeTimeout().toMillis();
    deadline = ctx.executor().schedule(() -> expire(added), timeoutMillis, TimeUnit.MILLISECONDS);
    added.closeFuture().addListener(_ -> end(new ConnectionClosedException("it was closed")));
    result.whenComplete(
        (_, _) -> {
          if (result.isCancelled()) {
            close(added);
          }
        });
  }

  /** Not within an event of the channel: Netty may go on with the native connection then. */
  private static void close(QuicChannel channel) {
    try {
      channel.eventLoop().execute(() -> channel.close(true, 0, Unpooled.EMPTY_BUFFER));
    } catch (RejectedExecutionException _) {
      // The reactor is closed, and with it the channel.
    }
  }

  private void expire(QuicChannel channel) {
    note(
        new DeadlineExceededException(
            "the handshake took more than " + settings.handshakeTimeout().toMillis() + " ms"));
    close(channel);
  }

  /** Keeps the first reason: what follows is a consequence. */
  private void note(IOException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent completion when completion.isSuccess() -> succeed(ctx);
      case QuicConnectionCloseEvent close -> {
        note(Failures.refused(close));
        // Without waiting until no packet of it can be under way any more.
        close((QuicChannel) ctx.channel());
      }
      default -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(cause);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  /** Of the connect or the handshake; closes the channel. */
  void fail(Throwable cause) {
    note(Failures.local(cause));
    if (channel == null) {
      end(Failures.local(cause));
    } else {
      close(channel);
    }
  }

  private void succeed(ChannelHandlerContext ctx) {
    QuicChannel established = (QuicChannel) ctx.channel();
    SecuredPeer peer;
    try {
      peer = new SecuredPeer(tls.peer(established.sslEngine()), null);
    } catch (HandshakeException e) {
      note(e);
      close(established);
      return;
    }
    cancelDeadline();
    QuicConnection connection =
        new QuicConnection(established, local(established), peer, role, memory, settings);
    ctx.pipeline().replace(this, null, connection.handler());
    if (!result.complete(connection)) {
      connection.close();
    }
  }

  private InetSocketAddress local(QuicChannel channel) {
    if (local != null) {
      return local;
    }
    InetSocketAddress socket = (InetSocketAddress) channel.localSocketAddress();
    try {
      return LocalAddress.towards((InetSocketAddress) channel.remoteSocketAddress(), socket);
    } catch (IOException e) {
      // It went away meanwhile.
      return socket;
    }
  }

  private void end(IOException otherwise) {
    cancelDeadline();
    if (!result.isDone()) {
      result.completeExceptionally(reason(otherwise));
    }
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private IOException reason(IOException otherwise) {
    SSLEngine engine = channel == null ? null : channel.sslEngine();
    IOException untrusted = engine == null ? null : tls.failure(engine);
    if (untrusted != null) {
      return untrusted;
    }
    return failure == null ? otherwise : failure;
  }
}
