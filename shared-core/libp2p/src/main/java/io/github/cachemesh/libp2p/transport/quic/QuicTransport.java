package io.github.cachemesh.libp2p.transport.quic;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MemoryBudget;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Component;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import io.github.cachemesh.libp2p.security.tls.PeerCertificate;
import io.github.cachemesh.libp2p.security.tls.PeerCertificateVerifier;
import io.github.cachemesh.libp2p.transport.Pending;
import io.github.cachemesh.libp2p.transport.Reactor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * QUIC v1 (libp2p specs, {@code quic/README.md}) on {@code /ip4|ip6/…/udp/…/quic-v1}.
 *
 * <p>A listener's socket also opens connections, so that peers and routers see one port; where no
 * listener can reach the address, a socket of its own for IPv4 or IPv6 does, the same for all.
 */
public final class QuicTransport implements Transport {
  private static final String ANY_4 = "0.0.0.0";
  private static final String ANY_6 = "::";

  private final UdpSockets sockets;

  private final Pending dialing;
  private final int maxDials;

  // Guarded by this.
  private final List<UdpSocket> listening = new ArrayList<>();

  /** By the address they are bound to, of which there are two. */
  private final Map<InetSocketAddress, CompletableFuture<UdpSocket>> unlistening = new HashMap<>();

  /** With {@link QuicSettings#defaults()}. */
  public static QuicTransport create(Reactor reactor, PrivateKey identity, MemoryBudget memory) {
    return new QuicTransport(
        reactor,
        identity,
        QuicSettings.defaults(),
        memory,
        InstantSource.system(),
        new SecureRandom());
  }

  /**
   * @param memory charged with what has come for streams and was not read yet
   * @param clock for certificates and the tokens that prove addresses
   */
  public QuicTransport(
      Reactor reactor,
      PrivateKey identity,
      QuicSettings settings,
      MemoryBudget memory,
      InstantSource clock,
      SecureRandom random) {
    PeerTls tls =
        new PeerTls(
            PeerCertificate.create(identity, clock.instant(), random),
            new PeerCertificateVerifier(clock));
    Codecs codecs = new Codecs(tls, settings, memory, reactor.isEpoll());
    this.dialing = new Pending(settings.dials());
    this.maxDials = settings.dials();
    this.sockets = new UdpSockets(reactor, codecs, settings, clock, random);
  }

  @Override
  public boolean dials(Multiaddr address) {
    return endpoint(address)
        .filter(found -> found.getPort() != 0 && !found.getAddress().isAnyLocalAddress())
        .isPresent();
  }

  @Override
  public boolean listens(Multiaddr address) {
    return endpoint(address).isPresent();
  }

  private static Optional<InetSocketAddress> endpoint(Multiaddr address) {
    List<Component> components = address.components();
    int ip = address.has(MultiaddrProtocol.IP6ZONE) ? 2 : 1;
    return address.isKnown()
            && components.size() == ip + 2
            && components.getLast().protocol() == MultiaddrProtocol.QUIC_V1
        ? address.udpAddress()
        : Optional.empty();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is no address of QUIC
   */
  @Override
  public CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected) {
    if (!dials(address)) {
      throw new IllegalArgumentException("QUIC cannot dial " + address);
    }
    InetSocketAddress target = endpoint(address).orElseThrow();
    return dialing
        .start(() -> begin(target, expected))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    dialing.isClosed()
                        ? isClosed()
                        : new LimitExceededException(maxDials + " dials of QUIC are pending")));
  }

  private CompletableFuture<MuxedConnection> begin(
      InetSocketAddress target, @Nullable PeerId expected) {
    CompletableFuture<MuxedConnection> dial = new CompletableFuture<>();
    socketFor(target.getAddress())
        .whenComplete(
            (socket, failure) -> {
              if (socket == null) {
                dial.completeExceptionally(failure);
              } else if (!dial.isDone()) {
                join(dial, socket.dial(target, expected));
              }
            });
    return dial;
  }

  /** What the upgrade ends with, the dial does; giving up the dial gives up the upgrade. */
  private static void join(
      CompletableFuture<MuxedConnection> dial, CompletableFuture<MuxedConnection> upgrade) {
    upgrade.whenComplete(
        (connection, failure) -> {
          if (connection == null) {
            dial.completeExceptionally(failure);
          } else if (!dial.complete(connection)) {
            connection.close();
          }
        });
    dial.whenComplete((_, _) -> upgrade.cancel(false));
  }

  private static ConnectionClosedException isClosed() {
    return new ConnectionClosedException("the transport is closed");
  }

  private synchronized CompletableFuture<UdpSocket> socketFor(InetAddress target) {
    if (dialing.isClosed()) {
      return CompletableFuture.failedFuture(isClosed());
    }
    for (UdpSocket socket : listening) {
      if (socket.reaches(target)) {
        return CompletableFuture.completedFuture(socket);
      }
    }
    InetSocketAddress any =
        new InetSocketAddress(target instanceof Inet6Address ? ANY_6 : ANY_4, 0);
    return unlistening.compute(
        any,
        (_, known) ->
            known == null || known.isCompletedExceptionally() ? sockets.bind(any, null) : known);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if it is no address of QUIC
   */
  @Override
  public CompletableFuture<Listener> listen(Multiaddr address, ConnectionAcceptor acceptor) {
    InetSocketAddress local =
        endpoint(address)
            .orElseThrow(() -> new IllegalArgumentException("QUIC cannot listen on " + address));
    CompletableFuture<Listener> listener = new CompletableFuture<>();
    sockets
        .bind(local, acceptor)
        .whenComplete(
            (socket, failure) -> {
              if (socket == null) {
                listener.completeExceptionally(
                    new IOException("cannot listen on " + address, failure));
              } else if (add(socket)) {
                listener.complete(new SocketListener(socket));
              } else {
                socket.close();
                listener.completeExceptionally(isClosed());
              }
            });
    return listener;
  }

  private synchronized boolean add(UdpSocket socket) {
    return !dialing.isClosed() && listening.add(socket);
  }

  private synchronized void remove(UdpSocket socket) {
    listening.remove(socket);
  }

  @Override
  public CompletableFuture<Void> close() {
    List<UdpSocket> accepting;
    List<CompletableFuture<UdpSocket>> others;
    dialing.close();
    synchronized (this) {
      accepting = List.copyOf(listening);
      others = List.copyOf(unlistening.values());
      listening.clear();
      unlistening.clear();
    }
    List<CompletableFuture<?>> ends = new ArrayList<>();
    accepting.forEach(socket -> ends.add(socket.close()));
    others.forEach(bound -> ends.add(bound.thenCompose(UdpSocket::close).exceptionally(_ -> null)));
    return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
  }

  private final class SocketListener implements Listener {
    private final UdpSocket socket;
    private final Multiaddr address;

    SocketListener(UdpSocket socket) {
      this.socket = socket;
      this.address = Multiaddr.quic(socket.address());
    }

    @Override
    public Multiaddr address() {
      return address;
    }

    @Override
    public CompletableFuture<Void> close() {
      remove(socket);
      return socket.close();
    }
  }
}
