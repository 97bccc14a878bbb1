package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.HandshakeException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One dial: first from a port that is listened on, if there is one that may be, and when that is of
 * no use once more from any port. It is of no use when there is a connection between the two ports
 * already, or when the peer dials at the same moment: both ends then are dialers, and the handshake
 * fails.
 */
final class TcpDial {
  private final TcpChannels channels;
  private final TcpSettings settings;
  private final Upgrader upgrader;
  private final InetSocketAddress target;
  private final @Nullable PeerId expected;
  private final CompletableFuture<MuxedConnection> result = new CompletableFuture<>();

  TcpDial(
      TcpChannels channels,
      TcpSettings settings,
      Upgrader upgrader,
      InetSocketAddress target,
      @Nullable PeerId expected) {
    this.channels = channels;
    this.settings = settings;
    this.upgrader = upgrader;
    this.target = target;
    this.expected = expected;
  }

  /**
   * @param source null for any port
   */
  CompletableFuture<MuxedConnection> start(@Nullable InetSocketAddress source) {
    connect(source);
    return result;
  }

  private void connect(@Nullable InetSocketAddress source) {
    Bootstrap bootstrap =
        source == null ? channels.dialing(target) : channels.dialing(target, source);
    ChannelFuture connecting = bootstrap.connect();
    Channel channel = connecting.channel();
    result.whenComplete(
        (_, failure) -> {
          if (failure != null) {
            channel.close();
          }
        });
    connecting.addListener(
        future -> {
          if (future.isSuccess()) {
            upgrade(channel, source);
          } else {
            retryOrFail(source, future.cause());
          }
        });
  }

  private void upgrade(Channel channel, @Nullable InetSocketAddress source) {
    InetSocketAddress local = (InetSocketAddress) channel.localAddress();
    if (local == null) {
      retryOrFail(source, new ConnectException("the connection ended at once"));
      return;
    }
    if (local.equals(target)) {
      // The system lets a socket connect to itself.
      channel.close();
      retryOrFail(source, new ConnectException("connected to itself"));
      return;
    }
    CompletableFuture<MuxedConnection> upgrade =
        upgrader.upgrade(
            channel, Role.DIALER, expected, Multiaddr.tcp(local), Multiaddr.tcp(target));
    upgrade.whenComplete(
        (connection, failure) -> {
          if (failure != null) {
            retryOrFail(source, failure);
          } else if (!result.complete(connection)) {
            connection.close();
          }
        });
  }

  private void retryOrFail(@Nullable InetSocketAddress source, Throwable failure) {
    if (source != null && !result.isDone() && mayBeOfThePort(failure)) {
      connect(null);
    } else {
      result.completeExceptionally(named(failure));
    }
  }

  private static boolean mayBeOfThePort(Throwable failure) {
    return switch (failure) {
      case ConnectTimeoutException _, PeerMismatchException _ -> false;
      case HandshakeException _, SocketException _ -> true;
      default -> failure instanceof NativeIoException;
    };
  }

  private IOException named(Throwable failure) {
    return switch (failure) {
      case ConnectTimeoutException timeout ->
          new DeadlineExceededException(
              "no answer from " + Multiaddr.tcp(target) + " within " + settings.connectTimeout(),
              timeout);
      case IOException reason -> reason;
      default -> new IOException("dialing " + Multiaddr.tcp(target) + " failed", failure);
    };
  }
}
