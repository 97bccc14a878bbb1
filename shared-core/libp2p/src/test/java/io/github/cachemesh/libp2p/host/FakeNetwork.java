package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.core.Listener;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.PeerMismatchException;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Peers of one test, reachable at whatever addresses they listen on; one event loop for all. */
final class FakeNetwork implements AutoCloseable {
  private record Place(PrivateKey key, ConnectionAcceptor acceptor) {}

  private final EventLoop loop = new DefaultEventLoop();
  private final Map<Multiaddr, Place> places = new ConcurrentHashMap<>();
  private final Map<Multiaddr, CompletableFuture<Void>> gates = new ConcurrentHashMap<>();
  private final List<Multiaddr> dialed = new CopyOnWriteArrayList<>();
  private final List<Multiaddr> givenUp = new CopyOnWriteArrayList<>();
  private final List<FakeConnection> connections = new CopyOnWriteArrayList<>();

  EventLoop loop() {
    return loop;
  }

  /** Dials of this address wait from now on, until the result is completed. */
  CompletableFuture<Void> gate(Multiaddr address) {
    return gates.computeIfAbsent(address, _ -> new CompletableFuture<>());
  }

  /** In order, each as often as it was dialed. */
  List<Multiaddr> dialed() {
    return dialed;
  }

  List<Multiaddr> givenUp() {
    return givenUp;
  }

  /** The dialers' ends. */
  List<FakeConnection> connections() {
    return connections;
  }

  Transport transport(PrivateKey key) {
    return new FakeTransport(key);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class FakeTransport implements Transport {
    private final PrivateKey key;

    FakeTransport(PrivateKey key) {
      this.key = key;
    }

    @Override
    public boolean dials(Multiaddr address) {
      return true;
    }

    @Override
    public boolean listens(Multiaddr address) {
      return true;
    }

    @Override
    public CompletableFuture<MuxedConnection> dial(Multiaddr address, @Nullable PeerId expected) {
      dialed.add(address);
      CompletableFuture<MuxedConnection> result = new CompletableFuture<>();
      gates
          .getOrDefault(address, CompletableFuture.completedFuture(null))
          .thenRunAsync(() -> connect(address, expected, result), loop);
      result.whenComplete(
          (_, _) -> {
            if (result.isCancelled()) {
              givenUp.add(address);
            }
          });
      return result;
    }

    private void connect(
        Multiaddr address, @Nullable PeerId expected, CompletableFuture<MuxedConnection> result) {
      Place place = places.get(address);
      Multiaddr from = Multiaddr.parse("/memory/1");
      if (result.isDone()) {
        return;
      }
      if (place == null || !place.acceptor.admits(from)) {
        result.completeExceptionally(new IOException("connection refused"));
      } else if (expected != null && !place.key.peerId().equals(expected)) {
        result.completeExceptionally(new PeerMismatchException("that is another peer"));
      } else {
        FakeConnection near = FakeConnection.pair(key, place.key, from, address, loop);
        connections.add(near);
        place.acceptor.incoming(from, CompletableFuture.completedFuture(near.other()));
        result.complete(near);
      }
    }

    @Override
    public CompletableFuture<Listener> listen(Multiaddr address, ConnectionAcceptor acceptor) {
      places.put(address, new Place(key, acceptor));
      Listener listener =
          new Listener() {
            @Override
            public Multiaddr address() {
              return address;
            }

            @Override
            public CompletableFuture<Void> close() {
              places.remove(address);
              return CompletableFuture.completedFuture(null);
            }
          };
      return CompletableFuture.completedFuture(listener);
    }

    @Override
    public CompletableFuture<Void> close() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
