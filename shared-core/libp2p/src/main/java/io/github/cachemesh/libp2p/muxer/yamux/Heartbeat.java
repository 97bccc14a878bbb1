package io.github.cachemesh.libp2p.muxer.yamux;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pings the peer when {@link KeepAlive} decides so, with one timer. The event loop's, except {@link
 * #roundTripNanos}.
 */
final class Heartbeat {
  private final Channel channel;
  private final KeepAlive keepAlive;
  private final LongSupplier nanoTime;
  private final Runnable onDeath;
  private @Nullable Future<?> timer;
  private boolean isStopped;

  /**
   * @param onDeath called when the peer counts as gone
   */
  Heartbeat(Channel channel, KeepAlive keepAlive, LongSupplier nanoTime, Runnable onDeath) {
    this.channel = channel;
    this.keepAlive = keepAlive;
    this.nanoTime = nanoTime;
    this.onDeath = onDeath;
  }

  void start() {
    schedule(keepAlive.interval());
  }

  void stop() {
    isStopped = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  void heard() {
    keepAlive.heard();
  }

  void pong(int value) {
    keepAlive.pong(value, nanoTime.getAsLong());
  }

  /** 0 until it is measured. */
  long roundTripNanos() {
    return keepAlive.roundTripNanos();
  }

  /** Learns the round trip, unless it is known or under way. */
  void measure() {
    if (keepAlive.isMeasurementDue()) {
      send(keepAlive.ping(nanoTime.getAsLong()));
    }
  }

  private void beat() {
    switch (keepAlive.beat(nanoTime.getAsLong())) {
      case KeepAlive.Beat.Ping(int value, Duration next) -> {
        send(value);
        schedule(next);
      }
      case KeepAlive.Beat.Wait(Duration next) -> schedule(next);
      case KeepAlive.Beat.Dead() -> onDeath.run();
    }
  }

  /** Past the queue of frames, to measure the way and not the wait. */
  private void send(int value) {
    if (!isStopped) {
      channel.writeAndFlush(new FrameHeader(FrameType.PING, FrameHeader.SYN, 0, value).frame());
    }
  }

  private void schedule(Duration delay) {
    if (!isStopped) {
      timer = channel.eventLoop().schedule(this::beat, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
