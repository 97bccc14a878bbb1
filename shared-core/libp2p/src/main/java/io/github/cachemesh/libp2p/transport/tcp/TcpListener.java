package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

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

  @Override
  public CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    channel.close();
    channel.closeFuture().addListener(_ -> closed.complete(null));
    return closed;
  }
}
