package io.github.cachemesh.libp2p.transport.quic;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.identity.KeyType;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A transport on a reactor of its own, with the connections that peers opened. */
final class QuicHost implements ConnectionAcceptor, AutoCloseable {
  final BlockingQueue<CompletableFuture<MuxedConnection>> incoming = new LinkedBlockingQueue<>();
  private final Reactor reactor = Reactor.start(1);
  private final PrivateKey identity = PrivateKey.generate(KeyType.ED25519);
  private final QuicTransport transport;

  QuicHost(QuicSettings settings) {
    this(settings, MemoryBudget.unbounded());
  }

  QuicHost(QuicSettings settings, MemoryBudget memory) {
    transport =
        new QuicTransport(
            reactor, identity, settings, memory, InstantSource.system(), new SecureRandom());
  }

  @Override
  public boolean admits(Multiaddr remote) {
    return true;
  }

  @Override
  public void incoming(Multiaddr remote, CompletableFuture<MuxedConnection> upgrade) {
    incoming.add(upgrade);
  }

  PeerId id() {
    return identity.peerId();
  }

  InetSocketAddress listen() throws Exception {
    return transport
        .listen(Multiaddr.parse("/ip4/127.0.0.1/udp/0/quic-v1"), this)
        .get(10, SECONDS)
        .address()
        .udpAddress()
        .orElseThrow();
  }

  CompletableFuture<MuxedConnection> dial(InetSocketAddress address) {
    return transport.dial(Multiaddr.quic(address), null);
  }

  MuxedConnection accept() throws Exception {
    CompletableFuture<MuxedConnection> next = incoming.poll(10, TimeUnit.SECONDS);
    assertThat(next).as("a connection that a peer opened").isNotNull();
    return next.get(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    assertThat(transport.close()).succeedsWithin(10, SECONDS);
    assertThat(reactor.close()).succeedsWithin(10, SECONDS);
  }
}
