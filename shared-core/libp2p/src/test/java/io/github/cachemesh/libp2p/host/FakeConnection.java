package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.SecuredPeer;
import io.github.cachemesh.libp2p.core.StreamAcceptor;
import io.github.cachemesh.libp2p.identity.PrivateKey;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** One end of a connection within this process. */
final class FakeConnection implements MuxedConnection {
  private final SecuredPeer remote;
  private final Role role;
  private final Multiaddr local;
  private final Multiaddr remoteAddress;
  private final EventLoop loop;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final CompletableFuture<StreamAcceptor> acceptor = new CompletableFuture<>();
  private final List<FakeStream> streams = new ArrayList<>();
  private @Nullable FakeConnection other;
  private volatile boolean stuck;

  private FakeConnection(
      PublicKey remote, Role role, Multiaddr local, Multiaddr remoteAddress, EventLoop loop) {
    this.remote = new SecuredPeer(remote, null);
    this.role = role;
    this.local = local;
    this.remoteAddress = remoteAddress;
    this.loop = loop;
  }

  /** The dialer's end; the listener's is {@link #other}. */
  static FakeConnection pair(
      PrivateKey dialer, PrivateKey listener, Multiaddr from, Multiaddr to, EventLoop loop) {
    FakeConnection near = new FakeConnection(listener.publicKey(), Role.DIALER, from, to, loop);
    FakeConnection far = new FakeConnection(dialer.publicKey(), Role.LISTENER, to, from, loop);
    near.other = far;
    far.other = near;
    return near;
  }

  FakeConnection other() {
    if (other == null) {
      throw new AssertionError("a connection has two ends");
    }
    return other;
  }

  /** Opening streams blocks from now on. */
  void stick() {
    stuck = true;
  }

  @Override
  public void start(StreamAcceptor streamAcceptor) {
    acceptor.complete(streamAcceptor);
  }

  @Override
  public MuxedStream open() throws IOException {
    if (closed.isDone()) {
      throw new ConnectionClosedException("closed");
    }
    if (stuck) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw (IOException) new InterruptedIOException("interrupted").initCause(e);
      }
    }
    FakeStream stream = FakeStream.pair();
    synchronized (this) {
      streams.add(stream);
    }
    other().acceptor.thenAcceptAsync(to -> to.accept(stream.other()), loop);
    return stream;
  }

  @Override
  public void close() {
    loop.execute(this::end);
  }

  private void end() {
    if (closed.isDone()) {
      return;
    }
    List<FakeStream> open = new ArrayList<>();
    synchronized (this) {
      open.addAll(streams);
    }
    synchronized (other()) {
      open.addAll(other().streams);
    }
    open.forEach(stream -> stream.reset(new ConnectionClosedException("closed")));
    closed.complete(null);
    other().closed.complete(null);
  }

  @Override
  public CompletionStage<Void> closed() {
    return closed;
  }

  @Override
  public SecuredPeer remote() {
    return remote;
  }

  @Override
  public Role role() {
    return role;
  }

  @Override
  public Multiaddr localAddress() {
    return local;
  }

  @Override
  public Multiaddr remoteAddress() {
    return remoteAddress;
  }

  @Override
  public ScheduledExecutorService executor() {
    return loop;
  }
}
