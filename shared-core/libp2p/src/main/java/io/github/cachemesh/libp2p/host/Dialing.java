package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.core.Transport;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer is dialed at most once at a time, and everyone who wants it waits for that. Thread-safe.
 */
final class Dialing {
  /** Makes a host's connection of what was dialed; closes it when that fails. */
  @FunctionalInterface
  interface Adopter {
    HostConnection adopt(MuxedConnection connection) throws IOException;
  }

  private static final Duration AFTER_TIMEOUT = Duration.ofSeconds(1);

  private final List<Transport> transports;
  private final AddressResolver resolver;
  private final DialSettings settings;
  private final ConnectionAdmission admission;
  private final ExecutorService executor;
  private final InstantSource clock;
  private final Adopter adopter;
  private final BackOff backOff;
  private final AttemptSlots slots;
  private final Map<PeerId, PeerDial> byPeer = new HashMap<>(2);
  private final Set<PeerDial> running = new HashSet<>(2);
  private boolean closed;

  Dialing(
      List<Transport> transports,
      AddressResolver resolver,
      DialSettings settings,
      ConnectionAdmission admission,
      ExecutorService executor,
      InstantSource clock,
      Adopter adopter) {
    this.transports = transports;
    this.resolver = resolver;
    this.settings = settings;
    this.admission = admission;
    this.executor = executor;
    this.clock = clock;
    this.adopter = adopter;
    backOff = new BackOff(settings.backOff(), settings.maxBackOff());
    slots = new AttemptSlots(settings.attempts());
  }

  /**
   * Blocks, at most for the time of the settings.
   *
   * @param peer null connects to whoever is there
   * @throws java.io.InterruptedIOException when the thread is interrupted; the dial goes on for
   *     others
   */
  HostConnection dial(@Nullable PeerId peer, Collection<Multiaddr> addresses) throws IOException {
    // The dial ends in time by itself; that this does not rely on it costs nothing.
    return Awaiting.await(
        begin(peer, addresses), settings.timeout().plus(AFTER_TIMEOUT), "waiting for a dial");
  }

  private synchronized CompletableFuture<HostConnection> begin(
      @Nullable PeerId peer, Collection<Multiaddr> addresses) throws IOException {
    if (closed) {
      throw new DialException("the host is closed");
    }
    PeerDial known = peer == null ? null : byPeer.get(peer);
    if (known != null && known.join(addresses)) {
      return known.result();
    }
    Grant grant = admission.dialing();
    PeerDial dial = new PeerDial(this, peer, addresses);
    running.add(dial);
    if (peer != null) {
      byPeer.put(peer, dial);
    }
    executor.execute(
        () -> {
          try {
            dial.run();
          } finally {
            grant.release();
          }
        });
    return dial.result();
  }

  synchronized void ended(@Nullable PeerId peer, PeerDial dial) {
    running.remove(dial);
    if (peer != null) {
      byPeer.remove(peer, dial);
    }
  }

  /** Ends what is under way; those who wait get an exception. Does not block. */
  synchronized void close() {
    closed = true;
    running.forEach(PeerDial::stop);
  }

  DialSettings settings() {
    return settings;
  }

  boolean dials(Multiaddr address) {
    return transports.stream().anyMatch(transport -> transport.dials(address));
  }

  Optional<Duration> backOff(@Nullable PeerId peer, Multiaddr address) {
    return backOff.remaining(peer, address, clock.instant());
  }

  CompletableFuture<MuxedConnection> attempt(Multiaddr address, @Nullable PeerId peer) {
    Transport transport =
        transports.stream().filter(some -> some.dials(address)).findFirst().orElseThrow();
    return slots.submit(() -> transport.dial(address, peer));
  }

  void failed(@Nullable PeerId peer, Multiaddr address) {
    backOff.failed(peer, address, clock.instant());
  }

  HostConnection connected(@Nullable PeerId peer, Multiaddr address, MuxedConnection connection)
      throws IOException {
    backOff.succeeded(peer, address);
    return adopter.adopt(connection);
  }

  Future<?> resolve(Multiaddr name, int max, Consumer<DialSignal> listener) {
    return executor.submit(
        () -> {
          try {
            List<Multiaddr> found = resolver.resolve(name);
            listener.accept(new DialSignal.Resolved(found.stream().limit(max).toList()));
          } catch (IOException | RuntimeException e) {
            listener.accept(new DialSignal.NotResolved(name, e));
          }
        });
  }
}
