package io.github.cachemesh.libp2p.transport.memory;

import io.github.cachemesh.libp2p.core.ConnectionAcceptor;
import io.github.cachemesh.libp2p.negotiation.Upgrader;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network in memory: hosts with addresses {@code /memory/N}, and links between them that can be
 * slow, refuse, or be cut. Thread-safe. Use {@link Simulation} for one whose time and order are the
 * test's.
 */
public final class MemoryNetwork implements AutoCloseable {
  /** How long a dial over a link that is cut takes to fail. */
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private static final long FIRST_FREE_NUMBER = 1L << 32;

  /** Unordered: a link is the same in both directions. */
  private record Ends(long lower, long higher) {
    static Ends of(MemoryTransport a, MemoryTransport b) {
      return new Ends(Math.min(a.index(), b.index()), Math.max(a.index(), b.index()));
    }
  }

  private final EventLoopGroup group;
  private final Ticker ticker;
  private final SplittableRandom random;
  private final AtomicLong hosts = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong(FIRST_FREE_NUMBER);
  private final ConcurrentMap<MemoryAddress, MemoryListener> listeners = new ConcurrentHashMap<>();
  private final ConcurrentMap<Ends, Link> links = new ConcurrentHashMap<>();
  private final Set<MemoryChannel> channels = ConcurrentHashMap.newKeySet();
  private volatile LinkConditions conditions = LinkConditions.PERFECT;

  /**
   * In real time.
   *
   * @param group where all connections run; not closed with the network
   * @param seed of the jitter
   */
  public MemoryNetwork(EventLoopGroup group, long seed) {
    this(group, Ticker.systemTicker(), seed);
  }

  MemoryNetwork(EventLoopGroup group, Ticker ticker, long seed) {
    this.group = group;
    this.ticker = ticker;
    this.random = new SplittableRandom(seed);
  }

  /** Another host in this network. */
  public MemoryTransport host(Upgrader upgrader) {
    return new MemoryTransport(this, upgrader, hosts.getAndIncrement());
  }

  /** Of all links that have none of their own. */
  public void conditions(LinkConditions changed) {
    conditions = changed;
    channels.forEach(MemoryChannel::wake);
  }

  /** Of the link between two hosts, in both directions, from now on. */
  public void conditions(MemoryTransport a, MemoryTransport b, LinkConditions changed) {
    Link link = link(a, b);
    link.conditions(changed);
    channels.stream().filter(channel -> channel.uses(link)).forEach(MemoryChannel::wake);
  }

  /** Ends all connections between two hosts. */
  public void sever(MemoryTransport a, MemoryTransport b) {
    Link link = link(a, b);
    channels.stream().filter(channel -> channel.uses(link)).forEach(MemoryChannel::end);
  }

  /** How many connections there are, each counted at both ends. */
  public int openEnds() {
    return channels.size();
  }

  /** Closes all connections and listeners. */
  @Override
  public void close() {
    listeners.values().forEach(MemoryListener::close);
    channels.forEach(MemoryChannel::end);
  }

  LinkConditions conditions() {
    return conditions;
  }

  Link link(MemoryTransport a, MemoryTransport b) {
    return links.computeIfAbsent(Ends.of(a, b), _ -> new Link(this));
  }

  Ticker ticker() {
    return ticker;
  }

  EventLoopGroup group() {
    return group;
  }

  long random(long bound) {
    synchronized (random) {
      return random.nextLong(bound);
    }
  }

  MemoryAddress free() {
    return new MemoryAddress(numbers.getAndIncrement());
  }

  MemoryListener bind(MemoryTransport host, MemoryAddress wanted, ConnectionAcceptor acceptor)
      throws IOException {
    MemoryAddress address = wanted.number() == 0 ? free() : wanted;
    MemoryListener listener = new MemoryListener(host, address, acceptor);
    if (listeners.putIfAbsent(address, listener) != null) {
      throw new BindException(address + " is in use");
    }
    return listener;
  }

  void unbind(MemoryListener listener) {
    listeners.remove(listener.socketAddress(), listener);
  }

  Optional<MemoryListener> listener(MemoryAddress address) {
    return Optional.ofNullable(listeners.get(address));
  }

  void add(MemoryChannel channel) {
    channels.add(channel);
    channel.closeFuture().addListener(_ -> channels.remove(channel));
  }
}
