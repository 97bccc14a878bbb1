package io.github.cachemesh.libp2p;

import io.github.cachemesh.libp2p.dns.MultiaddrResolver;
import io.github.cachemesh.libp2p.host.AddressResolver;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the system's name servers, and has sockets for that only once somebody asked. Thread-safe.
 */
final class SystemResolver implements AddressResolver, AutoCloseable {
  private final Reactor reactor;
  private @Nullable MultiaddrResolver resolver;
  private boolean closed;

  SystemResolver(Reactor reactor) {
    this.reactor = reactor;
  }

  @Override
  public List<Multiaddr> resolve(Multiaddr address) throws IOException {
    return resolver().resolve(address);
  }

  private synchronized MultiaddrResolver resolver() throws IOException {
    if (closed) {
      throw new IOException("the peer is closed");
    }
    if (resolver == null) {
      resolver = MultiaddrResolver.ofSystem(reactor);
    }
    return resolver;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (resolver != null) {
      resolver.close();
    }
  }
}
