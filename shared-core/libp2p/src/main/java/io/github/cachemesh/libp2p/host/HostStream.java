package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.Connection;
import io.github.cachemesh.libp2p.core.ConnectionClosedException;
import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.ProtocolId;
import io.github.cachemesh.libp2p.core.Stream;
import io.github.cachemesh.libp2p.negotiation.NegotiatedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A stream that counts in its connection until it is over, and never outlives its deadline. */
final class HostStream implements Stream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final HostConnection connection;
  private final ProtocolId protocol;
  private final MuxedStream stream;

  /** Whether the peer's word on the protocol is still to come; only readers look at it. */
  private boolean unconfirmed;

  private @Nullable Future<?> deadline;
  private boolean over;

  /**
   * @param unconfirmed whether the first read waits for the peer's agreement
   */
  HostStream(HostConnection connection, NegotiatedStream negotiated, boolean unconfirmed) {
    this.connection = connection;
    this.protocol = negotiated.protocol();
    this.stream = negotiated.stream();
    this.unconfirmed = unconfirmed;
  }

  @Override
  public ProtocolId protocol() {
    return protocol;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (unconfirmed) {
      connection.negotiate(stream, () -> stream.read(NOTHING.duplicate()));
      unconfirmed = false;
    }
    return stream.read(target);
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    stream.write(source);
  }

  @Override
  public void closeWrite() {
    stream.closeWrite();
  }

  @Override
  public void closeRead() {
    stream.closeRead();
  }

  /** The peer has the host's time to end its flow, then the stream is reset. */
  @Override
  public void close() {
    stream.close();
    if (!stream.over().toCompletableFuture().isDone()) {
      end(
          connection.settings().closing(),
          "the peer did not end the stream within " + connection.settings().closing());
    }
  }

  @Override
  public void reset(IOException reason) {
    stream.reset(reason);
  }

  @Override
  public CompletionStage<Void> over() {
    return stream.over();
  }

  @Override
  public void deadline(Duration fromNow) {
    end(fromNow, "the stream took longer than " + fromNow);
  }

  private synchronized void end(Duration fromNow, String reason) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    if (over) {
      return;
    }
    try {
      deadline =
          connection.schedule(fromNow, () -> stream.reset(new DeadlineExceededException(reason)));
    } catch (RejectedExecutionException e) {
      stream.reset(new ConnectionClosedException("the event loops have ended", e));
    }
  }

  synchronized void isOver() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public String toString() {
    return protocol + " with " + connection.remotePeer();
  }
}
