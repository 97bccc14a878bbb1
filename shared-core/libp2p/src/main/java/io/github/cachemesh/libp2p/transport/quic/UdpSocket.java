package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A UDP socket for connections of both roles: it is open until its owner has let go of it and the
 * last of its connections is gone. Thread-safe.
 */
final class UdpSocket {
  private final Channel channel;
  private final Codecs codecs;
  private final ConnectionIds ids;
  private @Nullable Admission admission;
  // Confined to the event loop: the owner, dials and connections.
  private int users = 1;
  private boolean released;

  /**
   * @param channel not bound yet
   */
  UdpSocket(Channel channel, Codecs codecs, ConnectionIds ids) {
    this.channel = channel;
    this.codecs = codecs;
    this.ids = ids;
  }

  /** Sets up for connections that this end opens. Before the socket is bound. */
  void open() {
    channel.pipeline().addLast(new PacketRouter(ids), codecs.opening());
  }

  /** Sets up for connections of both roles. Before the socket is bound. */
  void open(Admission admission, ConnectionAcceptor acceptor) {
    this.admission = admission;
    PacketRouter router = new PacketRouter(ids);
    ChannelHandler accepting =
        codecs.accepting(
            admission,
            ids,
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(QuicChannel accepted) {
                accept(accepted, admission, acceptor);
              }
            });
    // Netty asks the last codec to connect.
    channel.pipeline().addLast(router, accepting, codecs.opening());
    router.accepting(channel.pipeline().context(accepting));
  }

  private void accept(QuicChannel accepted, Admission admission, ConnectionAcceptor acceptor) {
    admission.handshakeBegins();
    use(accepted);
    Multiaddr remote = Multiaddr.quic((InetSocketAddress) accepted.remoteSocketAddress());
    Upgrade upgrade = codecs.upgrade(Role.LISTENER);
    upgrade.result().whenComplete((_, _) -> execute(admission::handshakeEnds));
    accepted.pipeline().addLast(upgrade);
    acceptor.incoming(remote, upgrade.result());
  }

  private void use(QuicChannel connection) {
    users++;
    connection.closeFuture().addListener(_ -> release());
  }

  private void release() {
    if (--users == 0) {
      channel.close();
    }
  }

  /** Once it is bound. */
  InetSocketAddress address() {
    return (InetSocketAddress) channel.localAddress();
  }

  /** Whether packets from this socket's address can reach there. */
  boolean reaches(InetAddress target) {
    InetAddress local = address().getAddress();
    return local.getClass() == target.getClass()
        && (local.isAnyLocalAddress() || local.isLoopbackAddress() == target.isLoopbackAddress());
  }

  CompletableFuture<MuxedConnection> dial(InetSocketAddress target, @Nullable PeerId expected) {
    Upgrade upgrade = codecs.upgrade(Role.DIALER);
    if (!execute(() -> dial(target, expected, upgrade))) {
      upgrade.fail(new ConnectionClosedException("the reactor is closed"));
    }
    return upgrade.result();
  }

  private boolean execute(Runnable task) {
    try {
      channel.eventLoop().execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      // The reactor is closed, and with it the socket.
      return false;
    }
  }

  private void dial(InetSocketAddress target, @Nullable PeerId expected, Upgrade upgrade) {
    if (users == 0) {
      upgrade.fail(new ConnectionClosedException("the socket is closed"));
      return;
    }
    try {
      // Or the dial would wait in vain for an answer to what cannot be sent.
      upgrade.leavesFrom(LocalAddress.towards(target, address()));
    } catch (IOException e) {
      upgrade.fail(new IOException("there is no route to " + target, e));
      return;
    }
    QuicChannel.newBootstrap(channel)
        .handler(
            new ChannelInitializer<QuicChannel>() {
              @Override
              protected void initChannel(QuicChannel opened) {
                use(opened);
                opened.pipeline().addLast(upgrade);
              }
            })
        .attr(Codecs.EXPECTED, expected)
        .option(ChannelOption.AUTO_READ, false)
        // The upgrade bounds the time.
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .option(QuicChannelOption.SEGMENTED_DATAGRAM_PACKET_ALLOCATOR, codecs.segments())
        .localAddress(channel.localAddress())
        .remoteAddress(target)
        .localConnectionAddress(ids.opened())
        .connect()
        .addListener(
            connected -> {
              if (!connected.isSuccess()) {
                upgrade.fail(connected.cause());
              }
            });
  }

  /**
   * Lets go of it and accepts no more.
   *
   * @return done when nobody is accepted any more; the socket may still be open then
   */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Admission accepting = admission;
    if (accepting != null) {
      accepting.close();
    }
    boolean accepted =
        execute(
            () -> {
              if (!released) {
                released = true;
                release();
              }
              done.complete(null);
            });
    if (!accepted) {
      done.complete(null);
    }
    return done;
  }
}
