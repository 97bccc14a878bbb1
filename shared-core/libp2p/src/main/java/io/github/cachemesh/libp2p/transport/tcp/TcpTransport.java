package io.github.cachemesh.libp2p.transport.tcp;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.transport.InboundUpgrades;
import io.github.cachemesh.libp2p.transport.Pending;
import io.github.cachemesh.libp2p.transport.Reactor;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * TCP over IPv4 and IPv6: addresses {@code /ip4/…/tcp/…} and {@code /ip6/…/tcp/…}, the latter with
 * a zone or without. Thread-safe; its bounds are in {@link TcpSettings}.
 *
 * <p>Where the system has epoll, an IPv6 listener takes IPv6 only, so that {@code ::} and {@code
 * 0.0.0.0} can have the same port; elsewhere {@code ::} may take both.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/addressing/README.md">the
 *     specification</a>, "TCP"
 */
public final class TcpTransport implements Transport {
  private final TcpSettings settings;
  private final Upgrader upgrader;
  private final TcpChannels channels;
  private final InboundUpgrades inbound;
  private final Pending dials;
  private final ListenPorts ports = new ListenPorts();
  private final Set<TcpListener> listeners = ConcurrentHashMap.newKeySet();

  /**
   * @param reactor not closed with the transport
   */
  public TcpTransport(Reactor reactor, Upgrader upgrader, TcpSettings settings) {
    this.settings = settings;
    this.upgrader = upgrader;
    this.channels = new TcpChannels(reactor, settings);
    this.inbound = new InboundUpgrades(upgrader, settings.maxPendingInbound());
    this.dials = new Pending(settings.maxDials());
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

  /** Empty when anything follows the port. */
  private static Optional<InetSocketAddress> endpoint(Multiaddr address) {
    boolean ends =
        address.isKnown()
            && !address.isEmpty()
            && address.components().getLast().protocol() == MultiaddrProtocol.TCP;
    return ends ? address.tcpAddress() : Optional.empty();
  }

  @Override
  public CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected) {
    if (!dials(address)) {
      throw new IllegalArgumentException("cannot be dialed by TCP: " + address);
    }
    InetSocketAddress target = endpoint(address).orElseThrow();
    InetSocketAddress source = ports.source(target.getAddress()).orElse(null);
    return dials
        .start(() -> new TcpDial(channels, settings, upgrader, target, expected).start(source))
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    dials.isClosed()
                        ? new ConnectionClosedException("the transport is closed: " + address)
                        : new LimitExceededException(
                            settings.maxDials() + " dials have not ended: " + address)));
  }

  @Override
  public CompletableFuture<Listener> listen(Multiaddr address, ConnectionAcceptor acceptor) {
    if (!listens(address)) {
      throw new IllegalArgumentException("cannot be listened on by TCP: " + address);
    }
    InetSocketAddress endpoint = endpoint(address).orElseThrow();
    CompletableFuture<Listener> result = new CompletableFuture<>();
    ChannelFuture binding =
        channels.listening(endpoint, new AcceptHandler(inbound, acceptor)).bind();
    binding.addListener(
        future -> {
          if (future.isSuccess()) {
            listening(binding.channel(), address, result);
          } else {
            result.completeExceptionally(
                new IOException("cannot listen on " + address, future.cause()));
          }
        });
    return result;
  }

  private void listening(Channel channel, Multiaddr address, CompletableFuture<Listener> result) {
    TcpListener listener = new TcpListener(channel);
    listeners.add(listener);
    if (settings.portReuse() && channels.share(channel)) {
      ports.add(listener.endpoint());
    }
    listener.onClose(
        () -> {
          ports.remove(listener.endpoint());
          listeners.remove(listener);
        });
    if (dials.isClosed()) {
      listener.close();
      result.completeExceptionally(
          new ConnectionClosedException("the transport is closed: " + address));
    } else if (!result.complete(listener)) {
      listener.close();
    }
  }

  @Override
  public CompletableFuture<Void> close() {
    dials.close();
    inbound.close();
    return CompletableFuture.allOf(
        listeners.stream().map(TcpListener::close).toArray(CompletableFuture[]::new));
  }
}
