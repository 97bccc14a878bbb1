package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.EventLoops;
import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One end of a pair of pipes within this process, without windows. */
final class FakeStream implements MuxedStream {
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final Pipe in;
  private final Pipe out;
  private volatile @Nullable FakeStream other;

  private FakeStream(Pipe in, Pipe out) {
    this.in = in;
    this.out = out;
  }

  /** The other end is {@link #other}. */
  static FakeStream pair() {
    Pipe there = new Pipe();
    Pipe back = new Pipe();
    FakeStream near = new FakeStream(back, there);
    FakeStream far = new FakeStream(there, back);
    near.other = far;
    far.other = near;
    return near;
  }

  FakeStream other() {
    FakeStream end = other;
    if (end == null) {
      throw new AssertionError("a stream has two ends");
    }
    return end;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    EventLoops.refuse();
    return in.read(target);
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    EventLoops.refuse();
    out.write(source);
  }

  @Override
  public void closeWrite() {
    out.end(null);
    settle();
  }

  @Override
  public void closeRead() {
    in.drop();
  }

  @Override
  public void reset(IOException reason) {
    in.end(reason);
    out.end(new StreamResetException("reset by the peer"));
    settle();
  }

  private void settle() {
    if (in.ended() && out.ended()) {
      over.complete(null);
      other().over.complete(null);
    }
  }

  @Override
  public CompletionStage<Void> over() {
    return over;
  }

  private static final class Pipe {
    private final Queue<Byte> bytes = new ArrayDeque<>();
    private boolean ended;
    private boolean dropping;
    private @Nullable IOException failure;

    synchronized int read(ByteBuffer target) throws IOException {
      if (!target.hasRemaining()) {
        return 0;
      }
      while (bytes.isEmpty() && !ended) {
        try {
          wait();
        } catch (InterruptedException e) {
          throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
      }
      if (failure != null) {
        throw failure;
      }
      int count = 0;
      while (target.hasRemaining() && !bytes.isEmpty()) {
        target.put(bytes.remove());
        count++;
      }
      return count == 0 ? -1 : count;
    }

    synchronized void write(ByteBuffer source) throws IOException {
      if (ended) {
        throw failure == null ? new StreamResetException("closed for writing") : failure;
      }
      while (source.hasRemaining()) {
        byte value = source.get();
        if (!dropping) {
          bytes.add(value);
        }
      }
      notifyAll();
    }

    synchronized void end(@Nullable IOException reason) {
      if (!ended || reason != null) {
        failure = failure == null ? reason : failure;
      }
      ended = true;
      notifyAll();
    }

    synchronized void drop() {
      dropping = true;
      bytes.clear();
    }

    synchronized boolean ended() {
      return ended;
    }
  }
}
