package io.github.cachemesh.libp2p;

import io.github.cachemesh.libp2p.dns.MultiaddrResolver;
import io.github.cachemesh.libp2p.host.Host;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.protocol.identify.Identify;
import io.github.cachemesh.libp2p.protocol.ping.Ping;
import io.github.cachemesh.libp2p.transport.Reactor;
import org.jspecify.annotations.Nullable;

/**
 * A host with the protocols that every peer is expected to have, identify and ping. Thread-safe.
 */
public final class Libp2p implements AutoCloseable {
  private final Host host;
  private final Identify identify;
  private final Ping ping;
  private final @Nullable MultiaddrResolver names;
  private final @Nullable Reactor reactor;

  /**
   * @param names its own, to be closed with it
   * @param reactor its own, to be closed with it
   */
  Libp2p(
      Host host,
      Identify identify,
      Ping ping,
      @Nullable MultiaddrResolver names,
      @Nullable Reactor reactor) {
    this.host = host;
    this.identify = identify;
    this.ping = ping;
    this.names = names;
    this.reactor = reactor;
  }

  /**
   * With the standard parts, each of which can be changed.
   *
   * @param key who it is
   */
  public static Libp2pBuilder builder(PrivateKey key) {
    return new Libp2pBuilder(key);
  }

  public Host host() {
    return host;
  }

  public Identify identify() {
    return identify;
  }

  public Ping ping() {
    return ping;
  }

  /** Ends it in order, as {@link Host#close} says, and the threads that are its own. Blocks. */
  @Override
  public void close() {
    identify.close();
    host.close();
    if (names != null) {
      names.close();
    }
    if (reactor != null) {
      reactor.close().join();
    }
  }
}
