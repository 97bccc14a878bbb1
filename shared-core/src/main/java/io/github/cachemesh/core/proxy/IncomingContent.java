package io.github.cachemesh.core.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The content of a client's request on its way from the event loop to the thread that sends it on.
 *
 * <p>Each {@link #next} asks the connection for one chunk, so no more than one waits here, and
 * nothing behind the end of the content is ever asked for.
 */
final class IncomingContent implements Upstream.RequestContent {
  private static final byte[] END = {};

  private final OptionalLong length;
  private final Duration maxSilence;
  private final Runnable askForMore;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(2);
  private boolean ended;

  private sealed interface Chunk {
    record Bytes(byte[] bytes, boolean last) implements Chunk {}

    record Broken() implements Chunk {}
  }

  /**
   * @param maxSilence how long the client may take for one chunk
   * @param askForMore makes the connection read one more chunk; called on the consumer's thread
   */
  IncomingContent(OptionalLong length, Duration maxSilence, Runnable askForMore) {
    this.length = length;
    this.maxSilence = maxSilence;
    this.askForMore = askForMore;
  }

  @Override
  public OptionalLong length() {
    return length;
  }

  @Override
  public byte[] next() throws IOException {
    if (ended) {
      return END;
    }
    askForMore.run();
    try {
      Chunk chunk = chunks.poll(maxSilence.toMillis(), TimeUnit.MILLISECONDS);
      if (!(chunk instanceof Chunk.Bytes(byte[] bytes, boolean last))) {
        throw new IOException(
            chunk == null
                ? "the client sent nothing for " + maxSilence.toSeconds() + " s"
                : "the client went away before its request was whole");
      }
      ended = last;
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the client was sending", e);
    }
  }

  /** From the event loop: the chunk that was asked for, empty only if it is the last one. */
  void arrived(byte[] bytes, boolean last) {
    chunks.add(new Chunk.Bytes(bytes, last));
  }

  /** The connection is gone; what arrived last can still be read. */
  void broken() {
    var _ = chunks.offer(new Chunk.Broken());
  }
}
