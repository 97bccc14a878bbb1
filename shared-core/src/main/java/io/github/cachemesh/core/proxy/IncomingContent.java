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
 * <p>Each {@link #next} asks the connection for one chunk, so no more than one waits here.
 */
final class IncomingContent implements Upstream.RequestContent {
  static final Duration MAX_SILENCE = Duration.ofSeconds(60);
  private static final byte[] END = {};

  private final OptionalLong length;
  private final Runnable askForMore;
  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(2);
  private boolean ended;

  private sealed interface Chunk {
    record Bytes(byte[] bytes) implements Chunk {}

    record Broken() implements Chunk {}
  }

  /**
   * @param askForMore makes the connection read one more chunk; called on the consumer's thread
   */
  IncomingContent(OptionalLong length, Runnable askForMore) {
    this.length = length;
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
      Chunk chunk = chunks.poll(MAX_SILENCE.toSeconds(), TimeUnit.SECONDS);
      if (!(chunk instanceof Chunk.Bytes(byte[] bytes))) {
        throw new IOException(
            chunk == null
                ? "the client sent nothing for " + MAX_SILENCE.toSeconds() + " s"
                : "the client went away before its request was whole");
      }
      ended = bytes.length == 0;
      return bytes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the client was sending", e);
    }
  }

  /** From the event loop: a chunk that was asked for. An empty one is passed over by the caller. */
  void arrived(byte[] bytes) {
    chunks.add(new Chunk.Bytes(bytes));
  }

  void completed() {
    chunks.add(new Chunk.Bytes(END));
  }

  /** The connection is gone; what arrived last can still be read. */
  void broken() {
    var _ = chunks.offer(new Chunk.Broken());
  }
}
