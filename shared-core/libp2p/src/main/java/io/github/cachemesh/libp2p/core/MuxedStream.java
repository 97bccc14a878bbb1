package io.github.cachemesh.libp2p.core;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Two independent flows of bytes between two peers. Reading and writing block, for virtual threads:
 * on an event loop they throw {@link IllegalStateException}. One thread may read while another
 * writes; several readers, or several writers, must take turns. Everything else is thread-safe and
 * does not block.
 *
 * <p>A stream is over when both flows have ended, each by its end or by a reset; whoever holds one
 * must see to that, since it counts against limits until then.
 */
public interface MuxedStream extends AutoCloseable {
  /**
   * Takes what has come, at least one byte unless the target is full; waits for it.
   *
   * @return how many bytes; -1 at the end of the peer's flow
   * @throws StreamResetException when either end reset the stream, or stopped reading
   * @throws ConnectionClosedException when the connection ended
   * @throws java.io.InterruptedIOException when the thread is interrupted; nothing is lost
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Fills the target.
   *
   * @return false when the peer's flow ended before the first byte
   * @throws EOFException when it ended within
   * @throws IOException as {@link #read} does
   */
  default boolean readFully(ByteBuffer target) throws IOException {
    int wanted = target.remaining();
    while (target.hasRemaining()) {
      if (read(target) < 0) {
        if (target.remaining() == wanted) {
          return false;
        }
        throw new EOFException(
            "the flow ended after "
                + (wanted - target.remaining())
                + " bytes, where "
                + wanted
                + " were expected");
      }
    }
    return true;
  }

  /**
   * Hands all bytes on, and waits while the peer grants no window or the connection is congested.
   * The buffer may be used again afterwards; the bytes are on their way without a flush.
   *
   * @throws StreamResetException when either end reset the stream, or this one was closed for
   *     writing
   * @throws ConnectionClosedException when the connection ended
   * @throws java.io.InterruptedIOException when the thread is interrupted; part may have been sent
   */
  void write(ByteBuffer source) throws IOException;

  /** Ends this end's flow in order, behind what was written. */
  void closeWrite();

  /** Gives up reading: what comes is dropped, and the peer may be told not to send more. */
  void closeRead();

  /**
   * Ends both flows at once, for both ends; what is on its way may be lost.
   *
   * @param reason what blocked calls of this end fail with
   */
  void reset(IOException reason);

  /** {@link #closeWrite} and {@link #closeRead}. */
  @Override
  default void close() {
    closeWrite();
    closeRead();
  }

  /** Done, and never failed, when the stream is over and its window is free. */
  CompletionStage<Void> over();
}
