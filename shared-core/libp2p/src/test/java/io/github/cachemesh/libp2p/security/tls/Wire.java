package io.github.cachemesh.libp2p.security.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HashMap;
import java.util.Map;

/** Carries what two channels without a network write to each other, when the test says so. */
final class Wire implements AutoCloseable {
  final EmbeddedChannel dialer = channel();
  final EmbeddedChannel listener = channel();

  private final Map<EmbeddedChannel, Throwable> failures = new HashMap<>();

  private static EmbeddedChannel channel() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAutoRead(false);
    return channel;
  }

  /** Until both have nothing more to say; the end of one ends the other, behind its last bytes. */
  void carry() {
    while (carry(dialer, listener) | carry(listener, dialer)) {}
    if (!dialer.isOpen() || !listener.isOpen()) {
      end(dialer);
      end(listener);
    }
  }

  void carryByteByByte() {
    while (carry(dialer, listener, 1) | carry(listener, dialer, 1)) {}
  }

  boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    return carry(from, to, Integer.MAX_VALUE);
  }

  private boolean carry(EmbeddedChannel from, EmbeddedChannel to, int atOnce) {
    from.runPendingTasks();
    boolean some = false;
    for (ByteBuf bytes; (bytes = from.readOutbound()) != null; some = true) {
      while (to.isOpen() && bytes.isReadable()) {
        deliver(to, bytes.readRetainedSlice(Math.min(atOnce, bytes.readableBytes())));
      }
      bytes.release();
    }
    return some;
  }

  /** As one read of the transport. */
  void deliver(EmbeddedChannel to, ByteBuf bytes) {
    Throwable failure = to.writeOneInbound(bytes).cause();
    if (failure != null) {
      failures.putIfAbsent(to, failure);
    }
    if (to.isOpen()) {
      to.flushInbound();
    }
  }

  /** The first exception that came through to the next layer. */
  Throwable failure(EmbeddedChannel channel) {
    return failures.get(channel);
  }

  /** The end of the transport, without a word to the other end. */
  static void end(EmbeddedChannel channel) {
    channel.unsafe().close(channel.newPromise());
    channel.runPendingTasks();
  }

  @Override
  public void close() {
    dialer.finishAndReleaseAll();
    listener.finishAndReleaseAll();
  }
}
