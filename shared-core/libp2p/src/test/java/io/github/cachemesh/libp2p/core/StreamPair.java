package io.github.cachemesh.libp2p.core;

import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.identity.PublicKey;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;

/**
 * Two ends of a stream in memory, for tests of protocols: what one writes the other reads. The
 * dialer's end comes from a {@link Connection}.
 */
public final class StreamPair {
  private final End dialer;
  private final End listener;

  public StreamPair(ProtocolId protocol) {
    LinkedBlockingQueue<ByteBuffer> up = new LinkedBlockingQueue<>(1000);
    LinkedBlockingQueue<ByteBuffer> down = new LinkedBlockingQueue<>(1000);
    CompletableFuture<IOException> reset = new CompletableFuture<>();
    dialer = new End(protocol, down, up, reset);
    listener = new End(protocol, up, down, reset);
  }

  public End dialer() {
    return dialer;
  }

  public End listener() {
    return listener;
  }

  /** A connection whose only stream is the dialer's end. */
  public Connection connection() {
    return new OneStream(dialer);
  }

  /** Runs the handler on the listener's end, as a host does. */
  public StreamPair answeredBy(ProtocolHandler handler) {
    Thread.startVirtualThread(
        () -> {
          try {
            handler.handle(listener);
            listener.close();
          } catch (IOException e) {
            listener.reset(e);
          }
        });
    return this;
  }

  /** Changes what the dialer's end reads. */
  public StreamPair answersChangedBy(UnaryOperator<ByteBuffer> change) {
    dialer.change = change;
    return this;
  }

  /** One end. */
  public static final class End implements Stream {
    private static final ByteBuffer EOF = ByteBuffer.allocate(0);

    private final ProtocolId protocol;
    private final LinkedBlockingQueue<ByteBuffer> in;
    private final LinkedBlockingQueue<ByteBuffer> out;
    private final CompletableFuture<IOException> reset;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private UnaryOperator<ByteBuffer> change = UnaryOperator.identity();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private volatile boolean writeClosed;

    End(
        ProtocolId protocol,
        LinkedBlockingQueue<ByteBuffer> in,
        LinkedBlockingQueue<ByteBuffer> out,
        CompletableFuture<IOException> reset) {
      this.protocol = protocol;
      this.in = in;
      this.out = out;
      this.reset = reset;
    }

    /** Why it was reset; null if it was not. */
    public IOException resetBy() {
      return reset.getNow(null);
    }

    public boolean isWriteClosed() {
      return writeClosed;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (current != EOF && !current.hasRemaining()) {
        try {
          current = in.take();
        } catch (InterruptedException e) {
          throw new java.io.InterruptedIOException();
        }
        if (current != EOF) {
          current = change.apply(current);
        }
      }
      if (reset.isDone()) {
        throw new StreamResetException("reset", reset.join());
      }
      if (current == EOF) {
        return -1;
      }
      int count = Math.min(target.remaining(), current.remaining());
      target.put(current.slice().limit(count));
      current.position(current.position() + count);
      return count;
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      if (reset.isDone()) {
        throw new StreamResetException("reset", reset.join());
      }
      out.add(ByteBuffer.allocate(source.remaining()).put(source).flip());
    }

    @Override
    public void closeWrite() {
      if (!writeClosed) {
        writeClosed = true;
        out.add(EOF);
      }
    }

    @Override
    public void closeRead() {}

    @Override
    public void reset(IOException reason) {
      reset.complete(reason);
      in.add(EOF);
      out.add(EOF);
    }

    @Override
    public CompletionStage<Void> over() {
      return over;
    }

    @Override
    public ProtocolId protocol() {
      return protocol;
    }

    @Override
    public Connection connection() {
      return new OneStream(this);
    }

    @Override
    public void deadline(Duration fromNow) {}
  }

  private record OneStream(Stream stream) implements Connection {
    @Override
    public PeerId remotePeer() {
      throw new UnsupportedOperationException();
    }

    @Override
    public PublicKey remoteKey() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Role role() {
      return Role.DIALER;
    }

    @Override
    public Multiaddr localAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Multiaddr remoteAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Stream open(List<ProtocolId> protocols) throws IOException {
      if (!protocols.contains(stream.protocol())) {
        throw new NegotiationException("only " + stream.protocol());
      }
      return stream;
    }

    @Override
    public List<Stream> streams() {
      return List.of(stream);
    }

    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public CompletionStage<Void> closed() {
      return new CompletableFuture<>();
    }
  }
}
