package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.LimitExceededException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.NegotiationException;
import io.github.cachemesh.libp2p.core.ProtocolHandler;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Role;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.negotiation.NegotiatedStream;
import io.github.cachemesh.libp2p.negotiation.StreamNegotiation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose streams are counted, negotiated and served: each that the peer opens gets a
 * virtual thread of its own. Without streams it holds neither thread nor timer.
 */
final class HostConnection implements Connection {
  private static final Logger LOG = Logger.getLogger(HostConnection.class.getName());

  /** A step of a stream's negotiation. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  private final MuxedConnection connection;
  private final PeerId peer;
  private final StreamService service;
  private final Instant since;
  private @Nullable Set<HostStream> streams;
  private volatile boolean closed;

  HostConnection(MuxedConnection connection, StreamService service, Instant since) {
    this.connection = connection;
    this.peer = connection.remote().id();
    this.service = service;
    this.since = since;
  }

  /** Begins to serve the peer's streams; called once. */
  void start() {
    connection.closed().whenComplete((_, _) -> closed = true);
    connection.start(this::incoming);
  }

  @Override
  public PeerId remotePeer() {
    return peer;
  }

  @Override
  public PublicKey remoteKey() {
    return connection.remote().key();
  }

  @Override
  public Role role() {
    return connection.role();
  }

  @Override
  public Multiaddr localAddress() {
    return connection.localAddress();
  }

  @Override
  public Multiaddr remoteAddress() {
    return connection.remoteAddress();
  }

  Instant since() {
    return since;
  }

  StreamSettings settings() {
    return service.settings();
  }

  @Override
  public Stream open(List<ProtocolId> protocols) throws IOException {
    EventLoops.refuse();
    if (protocols.isEmpty()) {
      throw new IllegalArgumentException("a stream needs a protocol");
    }
    Grant grant = service.admission().opened(peer);
    MuxedStream muxed;
    try {
      muxed = openMuxed();
    } catch (IOException | RuntimeException e) {
      grant.release();
      throw e;
    }
    muxed.over().whenComplete((_, _) -> grant.release());
    boolean lazy = protocols.size() == 1;
    NegotiatedStream negotiated;
    try {
      // A lazy one does not wait here but in its first read, which has its own time.
      negotiated =
          lazy
              ? StreamNegotiation.dial(muxed, protocols)
              : negotiate(muxed, () -> StreamNegotiation.dial(muxed, protocols));
      service.admission().openedFor(grant, negotiated.protocol());
    } catch (IOException | RuntimeException e) {
      muxed.reset(new StreamResetException("no protocol was agreed on", e));
      throw e;
    }
    return track(new HostStream(this, negotiated, lazy));
  }

  private MuxedStream openMuxed() throws IOException {
    try (TimeLimit limit = new TimeLimit(connection.executor(), settings().negotiation())) {
      try {
        return connection.open();
      } catch (ConnectionClosedException e) {
        // It may have been told before the rest of it is closed; nobody else is to try it.
        closed = true;
        throw e;
      } catch (IOException e) {
        if (limit.hasExpired()) {
          throw new DeadlineExceededException(
              "the peer took no new stream within " + settings().negotiation(), e);
        }
        throw e;
      }
    } catch (RejectedExecutionException e) {
      throw new ConnectionClosedException("the event loops have ended", e);
    }
  }

  /**
   * Runs a step, within the host's time for it.
   *
   * @throws DeadlineExceededException when it takes longer; then the stream is reset
   */
  <T> T negotiate(MuxedStream stream, Step<T> step) throws IOException {
    Duration limit = settings().negotiation();
    Runnable expiry =
        () ->
            stream.reset(
                new DeadlineExceededException(
                    "the peer did not agree on a protocol within " + limit));
    Future<?> timer;
    try {
      timer = schedule(limit, expiry);
    } catch (RejectedExecutionException e) {
      throw new ConnectionClosedException("the event loops have ended", e);
    }
    try {
      return step.run();
    } finally {
      timer.cancel(false);
    }
  }

  /** To be cancelled when it is not needed any more. */
  Future<?> schedule(Duration fromNow, Runnable action) {
    return connection.executor().schedule(action, fromNow.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** On an event loop. */
  private void incoming(MuxedStream stream) {
    try {
      Grant grant = service.admission().accepted(peer);
      stream.over().whenComplete((_, _) -> grant.release());
      service.executor().execute(() -> serve(stream, grant));
    } catch (LimitExceededException e) {
      stream.reset(e);
    } catch (RejectedExecutionException e) {
      stream.reset(new ConnectionClosedException("the host is closed", e));
    }
  }

  private void serve(MuxedStream muxed, Grant grant) {
    String name = "a stream without a protocol";
    boolean served = false;
    try {
      NegotiatedStream negotiated =
          negotiate(muxed, () -> StreamNegotiation.listen(muxed, service.protocols().live()));
      service.admission().acceptedFor(grant, negotiated.protocol());
      name = negotiated.protocol().name();
      HostStream stream = track(new HostStream(this, negotiated, false));
      handler(negotiated.protocol()).handle(stream);
      stream.close();
      served = true;
    } catch (IOException e) {
      LOG.log(Level.FINE, "{0} of {1} ended: {2}", new Object[] {name, peer, Failures.describe(e)});
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "{0} of {1} failed with {2}",
          new Object[] {name, peer, Failures.describe(e)});
    } finally {
      if (!served) {
        muxed.reset(new StreamResetException("its handler failed"));
      }
    }
  }

  private ProtocolHandler handler(ProtocolId protocol) throws NegotiationException {
    ProtocolHandler handler = service.protocols().handler(protocol);
    if (handler == null) {
      throw new NegotiationException(protocol + " is not answered any more");
    }
    return handler;
  }

  private HostStream track(HostStream stream) {
    synchronized (this) {
      if (streams == null) {
        streams = new HashSet<>(2);
      }
      streams.add(stream);
    }
    stream.over().whenComplete((_, _) -> forget(stream));
    return stream;
  }

  private void forget(HostStream stream) {
    stream.isOver();
    synchronized (this) {
      if (streams != null && streams.remove(stream) && streams.isEmpty()) {
        streams = null;
      }
    }
  }

  @Override
  public synchronized List<Stream> streams() {
    return streams == null ? List.of() : List.copyOf(streams);
  }

  synchronized int streamCount() {
    return streams == null ? 0 : streams.size();
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public CompletionStage<Void> closed() {
    return connection.closed();
  }

  @Override
  public String toString() {
    return peer + " at " + remoteAddress();
  }
}
