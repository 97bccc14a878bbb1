package io.github.cachemesh.libp2p.negotiation;

import io.github.cachemesh.libp2p.core.MuxedStream;
import io.github.cachemesh.libp2p.core.StreamResetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose one protocol is proposed with the first bytes and agreed on by the first read:
 * nothing goes out before the proposal, and nothing is handed to the reader before the answer.
 */
final class LazyStream extends ForwardingStream {
  /** Of the first bytes, in one piece with the proposal; more would be copied for nothing. */
  private static final int MAX_JOINED_BYTES = 4096;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ReentrantLock proposing = new ReentrantLock();
  private final Proposer proposer;
  private final ByteBuffer proposal;
  private volatile boolean proposed;
  private volatile boolean writeClosed;

  /** From where to read once the answer is there; set by the reader. */
  private volatile @Nullable MuxedStream agreed;

  LazyStream(MuxedStream inner, Proposer proposer) {
    super(inner);
    this.proposer = proposer;
    this.proposal = proposer.output();
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    if (writeClosed) {
      throw new StreamResetException("the stream was closed for writing");
    }
    if (proposed) {
      inner.write(source);
      return;
    }
    propose(source);
    if (source.hasRemaining()) {
      inner.write(source);
    }
  }

  /** Sends the proposal, unless that was done, with the beginning of what is to follow it. */
  private void propose(ByteBuffer source) throws IOException {
    try {
      proposing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted(e);
    }
    try {
      if (!proposed) {
        proposeWith(source);
      }
    } finally {
      proposing.unlock();
    }
  }

  private void proposeWith(ByteBuffer source) throws IOException {
    int count = Math.min(source.remaining(), MAX_JOINED_BYTES);
    ByteBuffer joined = ByteBuffer.allocate(proposal.remaining() + count);
    joined.put(proposal).put(source.slice().limit(count)).flip();
    source.position(source.position() + count);
    try {
      inner.write(joined);
    } finally {
      proposed = true;
    }
  }

  private static InterruptedIOException interrupted(InterruptedException cause) {
    InterruptedIOException interrupted =
        new InterruptedIOException("interrupted before the protocol was proposed");
    interrupted.initCause(cause);
    return interrupted;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    MuxedStream stream = agreed;
    return (stream == null ? agree() : stream).read(target);
  }

  private MuxedStream agree() throws IOException {
    if (!proposed) {
      propose(NOTHING);
    }
    ByteBuffer answer = StreamNegotiation.buffer();
    while (StreamNegotiation.advance(inner, proposer, answer) == null) {
      // It comes in pieces.
    }
    MuxedStream stream = PrefixedStream.of(inner, answer);
    agreed = stream;
    return stream;
  }

  /** What was never written to is proposed first, on a thread of its own: this must not block. */
  @Override
  public void closeWrite() {
    writeClosed = true;
    if (proposed) {
      inner.closeWrite();
    } else {
      Thread.ofVirtual().name("libp2p-propose").start(this::proposeAndClose);
    }
  }

  private void proposeAndClose() {
    try {
      propose(NOTHING);
      inner.closeWrite();
    } catch (IOException e) {
      inner.reset(e);
    }
  }

  @Override
  public void closeRead() {
    MuxedStream stream = agreed;
    (stream == null ? inner : stream).closeRead();
  }

  @Override
  public void reset(IOException reason) {
    MuxedStream stream = agreed;
    (stream == null ? inner : stream).reset(reason);
  }
}
