package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.github.cachemesh.libp2p.transport.InboundUpgrades;
import io.github.cachemesh.libp2p.transport.Pending;
import io.github.cachemesh.libp2p.transport.memory.LinkConditions.Passage;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One host of a {@link MemoryNetwork}; dials and listens on {@code /memory/N}. Thread-safe. */
public final class MemoryTransport implements Transport {
  /** Dials that have not ended. */
  private static final int MAX_DIALS = 1024;

  private final MemoryNetwork network;
  private final Upgrader upgrader;
  private final long index;
  private final InboundUpgrades inbound;
  private final Pending dials = new Pending(MAX_DIALS);
  private final Set<MemoryListener> listeners = ConcurrentHashMap.newKeySet();

  MemoryTransport(MemoryNetwork network, Upgrader upgrader, long index) {
    this.network = network;
    this.upgrader = upgrader;
    this.index = index;
    this.inbound = new InboundUpgrades(upgrader, InboundUpgrades.DEFAULT_MAX_PENDING);
  }

  long index() {
    return index;
  }

  @Override
  public boolean dials(Multiaddr address) {
    return MemoryAddress.in(address).filter(found -> found.number() != 0).isPresent();
  }

  @Override
  public boolean listens(Multiaddr address) {
    return MemoryAddress.in(address).isPresent();
  }

  @Override
  public CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected) {
    if (!dials(address)) {
      throw new IllegalArgumentException("cannot be dialed here: " + address);
    }
    MemoryAddress target = MemoryAddress.in(address).orElseThrow();
    return dials.start(() -> begin(target, expected)).orElseGet(() -> refuse(address));
  }

  private CompletableFuture<MuxedConnection> refuse(Multiaddr address) {
    return CompletableFuture.failedFuture(
        dials.isClosed()
            ? new ConnectionClosedException("the transport is closed: " + address)
            : new LimitExceededException(MAX_DIALS + " dials have not ended: " + address));
  }

  private CompletableFuture<MuxedConnection> begin(
      MemoryAddress target, @Nullable PeerId expected) {
    CompletableFuture<MuxedConnection> result = new CompletableFuture<>();
    MemoryListener listener = network.listener(target).orElse(null);
    Link link = listener == null ? null : network.link(this, listener.host());
    EventLoop loop = network.group().next();
    if (link == null || link.is(Passage.REFUSING)) {
      loop.execute(() -> result.completeExceptionally(refused(target)));
    } else if (link.is(Passage.CUT)) {
      loop.schedule(
          () -> result.completeExceptionally(unanswered(target)),
          MemoryNetwork.CONNECT_TIMEOUT.toNanos(),
          TimeUnit.NANOSECONDS);
    } else {
      loop.schedule(
          () -> connect(loop, target, link, expected, result),
          link.delayNanos() + link.delayNanos(),
          TimeUnit.NANOSECONDS);
    }
    return result;
  }

  private static ConnectException refused(MemoryAddress target) {
    return new ConnectException("connection refused: " + target);
  }

  private static IOException unanswered(MemoryAddress target) {
    Duration limit = MemoryNetwork.CONNECT_TIMEOUT;
    return new DeadlineExceededException("no answer from " + target + " within " + limit);
  }

  private void connect(
      EventLoop loop,
      MemoryAddress target,
      Link link,
      @Nullable PeerId expected,
      CompletableFuture<MuxedConnection> result) {
    MemoryListener listener = network.listener(target).orElse(null);
    if (listener == null || result.isDone()) {
      result.completeExceptionally(refused(target));
      return;
    }
    MemoryAddress source = network.free();
    MemoryChannel.Pair pair = MemoryChannel.Pair.over(link, network, source, target);
    MemoryChannel theirs = pair.listener();
    MemoryChannel ours = pair.dialer();
    network.add(theirs);
    network.add(ours);
    Multiaddr local = source.multiaddr();
    network
        .group()
        .register(theirs)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                listener.host().accept(theirs, local, listener);
              }
            });
    loop.register(ours);
    CompletableFuture<MuxedConnection> upgrade =
        upgrader.upgrade(ours, Role.DIALER, expected, local, target.multiaddr());
    upgrade.whenComplete(
        (connection, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
          } else if (!result.complete(connection)) {
            connection.close();
          }
        });
    result.whenComplete((_, _) -> upgrade.cancel(false));
  }

  private void accept(MemoryChannel channel, Multiaddr remote, MemoryListener listener) {
    inbound.accept(channel, listener.address(), remote, listener.acceptor());
  }

  @Override
  public CompletableFuture<Listener> listen(Multiaddr address, ConnectionAcceptor acceptor) {
    if (!listens(address)) {
      throw new IllegalArgumentException("cannot be listened on here: " + address);
    }
    if (dials.isClosed()) {
      return CompletableFuture.failedFuture(
          new ConnectionClosedException("the transport is closed: " + address));
    }
    try {
      MemoryListener listener =
          network.bind(this, MemoryAddress.in(address).orElseThrow(), acceptor);
      listeners.add(listener);
      return CompletableFuture.completedFuture(listener);
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  void unbind(MemoryListener listener) {
    network.unbind(listener);
    listeners.remove(listener);
  }

  @Override
  public CompletableFuture<Void> close() {
    dials.close();
    inbound.close();
    listeners.forEach(MemoryListener::close);
    return CompletableFuture.completedFuture(null);
  }
}
