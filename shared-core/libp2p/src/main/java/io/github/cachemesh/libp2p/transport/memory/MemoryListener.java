package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.util.concurrent.CompletableFuture;

/** A number at which a host can be reached until it closes it. */
final class MemoryListener implements Listener {
  private final MemoryTransport host;
  private final MemoryAddress address;
  private final ConnectionAcceptor acceptor;

  MemoryListener(MemoryTransport host, MemoryAddress address, ConnectionAcceptor acceptor) {
    this.host = host;
    this.address = address;
    this.acceptor = acceptor;
  }

  MemoryTransport host() {
    return host;
  }

  MemoryAddress socketAddress() {
    return address;
  }

  ConnectionAcceptor acceptor() {
    return acceptor;
  }

  @Override
  public Multiaddr address() {
    return address.multiaddr();
  }

  @Override
  public CompletableFuture<Void> close() {
    host.unbind(this);
    return CompletableFuture.completedFuture(null);
  }
}
