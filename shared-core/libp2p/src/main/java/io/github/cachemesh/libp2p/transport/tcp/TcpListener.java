package io.github.cachemesh.libp2p.transport.tcp;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

/** A socket that accepts connections. */
final class TcpListener implements Listener {
  private final Channel channel;
  private final InetSocketAddress endpoint;

  TcpListener(Channel channel) {
    this.channel = channel;
    this.endpoint = (InetSocketAddress) channel.localAddress();
  }

  InetSocketAddress endpoint() {
    return endpoint;
  }

  @Override
  public Multiaddr address() {
    return Multiaddr.tcp(endpoint);
  }

  /** Calls it once the socket is closed. */
  void onClose(Runnable action) {
    channel.closeFuture().addListener(_ -> action.run());
  }

  /** Done once the address can be listened on again. */
  @Override
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close();
    channel
        .closeFuture()
        .addListener(
            _ -> {
              if (channel instanceof NioServerSocketChannel) {
                inTheNextTurn(() -> closed.complete(null));
              } else {
                closed.complete(null);
              }
            });
    return closed;
  }

  /**
   * Java gives the port of a closed socket back when its selector is asked the next time, which the
   * event loop does before it runs what was scheduled.
   */
  private void inTheNextTurn(Runnable action) {
    try {
      channel.eventLoop().schedule(() -> {}, 0, NANOSECONDS).addListener(_ -> action.run());
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and its selector with it.
      action.run();
    }
  }
}
