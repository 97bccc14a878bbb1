package io.github.cachemesh.core.proxy;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/**
 * Bounds the connections of all listeners. When one more comes in at the bound, the client that has
 * been idle longest is dropped; where none is idle, the new one is. Connections do not outlive
 * their listener, but for replies under way. Thread-safe.
 */
public final class ConnectionLimit {
  private final int maxConnections;

  /** Connections without a request under way, the longest idle first. */
  private final SequencedSet<Channel> idle = new LinkedHashSet<>();

  private final Set<Channel> busy = new HashSet<>();
  private boolean draining;

  public ConnectionLimit(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  /**
   * Takes a connection in.
   *
   * @return whether there is room for it
   */
  public boolean admit(Channel channel) {
    Optional<Channel> dropped = Optional.empty();
    synchronized (this) {
      if (draining || !isListenedFor(channel)) {
        return false;
      }
      if (idle.size() + busy.size() >= maxConnections) {
        if (idle.isEmpty()) {
          return false;
        }
        dropped = Optional.of(idle.removeFirst());
      }
      idle.addLast(channel);
    }
    dropped.ifPresent(Channel::close);
    return true;
  }

  /**
   * A request has begun.
   *
   * @return whether the connection still has its place
   */
  public synchronized boolean begin(Channel channel) {
    boolean held = idle.remove(channel);
    if (held) {
      busy.add(channel);
    }
    return held;
  }

  /**
   * Its reply is written.
   *
   * @return whether the connection keeps its place
   */
  public synchronized boolean end(Channel channel) {
    boolean held = busy.remove(channel) && !draining && isListenedFor(channel);
    if (held) {
      idle.addLast(channel);
    }
    notifyAll();
    return held;
  }

  /** The connection is no more. */
  public synchronized void closed(Channel channel) {
    idle.remove(channel);
    busy.remove(channel);
    notifyAll();
  }

  private static boolean isListenedFor(Channel channel) {
    return channel.parent() == null || channel.parent().isOpen();
  }

  /** Drops the idle connections of a listener that has been closed. */
  void dropIdleOf(Channel listener) {
    List<Channel> dropped;
    synchronized (this) {
      dropped = idle.stream().filter(channel -> channel.parent() == listener).toList();
      dropped.forEach(idle::remove);
    }
    dropped.forEach(Channel::close);
  }

  /**
   * Drops every connection that is idle, and the others when their replies are written; returns
   * when that is done, or after {@code limit}.
   */
  public void drain(Duration limit) throws InterruptedException {
    List<Channel> dropped;
    synchronized (this) {
      draining = true;
      dropped = List.copyOf(idle);
      idle.clear();
    }
    dropped.forEach(Channel::close);
    awaitIdle(limit.toNanos());
  }

  private synchronized void awaitIdle(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (!busy.isEmpty()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return;
      }
      wait(left);
    }
  }

  /** How many connections there are. */
  public synchronized int size() {
    return idle.size() + busy.size();
  }
}
