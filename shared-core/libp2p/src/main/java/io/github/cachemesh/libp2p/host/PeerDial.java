package io.github.cachemesh.libp2p.host;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.core.MuxedConnection;
import io.github.cachemesh.libp2p.identity.PeerId;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries the addresses of a peer until one answers: the first connection wins, what else is under
 * way is given up. All that happens is a signal to the one virtual thread that decides; there are
 * at most a few signals for each of {@value DialSchedule#MAX_ADDRESSES} addresses, and one for each
 * caller that joins.
 */
final class PeerDial implements Runnable {
  static final int MAX_NAMES = 8;
  static final int MAX_RESOLVED = 32;

  private static final List<MultiaddrProtocol> NAMES =
      List.of(
          MultiaddrProtocol.DNS,
          MultiaddrProtocol.DNS4,
          MultiaddrProtocol.DNS6,
          MultiaddrProtocol.DNSADDR);

  private final Dialing dialing;
  private final @Nullable PeerId peer;
  private final long startNanos = System.nanoTime();
  private final BlockingQueue<DialSignal> signals = new LinkedBlockingQueue<>();
  private final CompletableFuture<HostConnection> result = new CompletableFuture<>();
  private final DialSchedule schedule = new DialSchedule(startNanos);
  private final DialFailures failures = new DialFailures();
  private final Map<Multiaddr, CompletableFuture<MuxedConnection>> attempts = new HashMap<>();
  private final Map<Multiaddr, Future<?>> names = new HashMap<>();
  private int resolving;
  private boolean ended;

  PeerDial(Dialing dialing, @Nullable PeerId peer, Collection<Multiaddr> addresses) {
    this.dialing = dialing;
    this.peer = peer;
    signals.add(new DialSignal.Found(addresses));
  }

  /** Fails with {@link IOException}; not to be cancelled, others may wait for it. */
  CompletableFuture<HostConnection> result() {
    return result;
  }

  /** Whether it takes these addresses over; else it has ended. */
  synchronized boolean join(Collection<Multiaddr> addresses) {
    if (!ended) {
      signals.add(new DialSignal.Found(addresses));
    }
    return !ended;
  }

  void stop() {
    signals.add(new DialSignal.Stopped());
  }

  @Override
  public void run() {
    HostConnection connection = null;
    IOException failure = new DialException("dialing " + whom() + " ended by an error");
    try {
      connection = connect();
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      failure = new DialException("the host is closed", e);
    } catch (RuntimeException e) {
      failure = new DialException("dialing failed with " + Failures.describe(e), e);
    } finally {
      end();
      dialing.ended(peer, this);
      if (connection != null) {
        result.complete(connection);
      } else {
        result.completeExceptionally(failure);
      }
    }
  }

  private HostConnection connect() throws IOException, InterruptedException {
    for (; ; ) {
      startAttempts();
      DialSignal signal = signals.poll(nanosToWait(), TimeUnit.NANOSECONDS);
      switch (signal) {
        case null -> checkTime();
        case DialSignal.Connected(Multiaddr address, MuxedConnection connection) -> {
          attempts.remove(address);
          return dialing.connected(peer, address, connection);
        }
        case DialSignal.Failed(Multiaddr address, Throwable reason) -> {
          attempts.remove(address);
          dialing.failed(peer, address);
          failures.add(address, reason);
        }
        case DialSignal.Found(Collection<Multiaddr> addresses) -> add(addresses);
        case DialSignal.Resolved(Collection<Multiaddr> addresses) -> {
          resolving--;
          add(addresses.stream().filter(address -> !isName(address)).toList());
        }
        case DialSignal.NotResolved(Multiaddr address, Throwable reason) -> {
          resolving--;
          failures.add(address, reason);
        }
        case DialSignal.Stopped() -> throw new DialException("the host is closed");
      }
      if (isSpent()) {
        throw failures.exception(whom());
      }
    }
  }

  private void startAttempts() {
    while (attempts.size() < dialing.settings().attemptsPerPeer()) {
      Multiaddr address = schedule.next(System.nanoTime(), attempts.isEmpty() && resolving == 0);
      if (address == null) {
        return;
      }
      CompletableFuture<MuxedConnection> attempt = dialing.attempt(address, peer);
      attempts.put(address, attempt);
      attempt.whenComplete(
          (connection, failure) -> {
            if (connection == null) {
              hear(new DialSignal.Failed(address, failure));
            } else if (!hear(new DialSignal.Connected(address, connection))) {
              connection.close();
            }
          });
    }
  }

  private void add(Collection<Multiaddr> addresses) {
    List<Multiaddr> ready = new ArrayList<>();
    for (Multiaddr full : addresses) {
      Multiaddr address = full.withoutPeer();
      Optional<Duration> backOff = dialing.backOff(peer, address);
      if (peer != null && PeerId.in(full).filter(other -> !other.equals(peer)).isPresent()) {
        failures.add(full, "that is another peer's");
      } else if (isName(address)) {
        resolve(full);
      } else if (!dialing.dials(address)) {
        failures.add(address, "no transport dials it");
      } else if (backOff.isPresent()) {
        failures.add(address, "it failed before and is left alone for another " + backOff.get());
      } else {
        ready.add(address);
      }
    }
    schedule.add(ready, System.nanoTime());
  }

  private void resolve(Multiaddr name) {
    if (names.size() == MAX_NAMES || names.containsKey(name)) {
      return;
    }
    names.put(name, dialing.resolve(name, MAX_RESOLVED, this::hear));
    resolving++;
  }

  private static boolean isName(Multiaddr address) {
    return !address.components().isEmpty()
        && NAMES.contains(address.components().getFirst().protocol());
  }

  private synchronized boolean hear(DialSignal signal) {
    if (!ended) {
      signals.add(signal);
    }
    return !ended;
  }

  /** Nothing is left to try, and nobody brought more. */
  private synchronized boolean isSpent() {
    ended = attempts.isEmpty() && resolving == 0 && schedule.isEmpty() && signals.isEmpty();
    return ended;
  }

  private void end() {
    synchronized (this) {
      ended = true;
    }
    attempts.values().forEach(attempt -> attempt.cancel(true));
    names.values().forEach(name -> name.cancel(true));
    for (DialSignal signal = signals.poll(); signal != null; signal = signals.poll()) {
      if (signal instanceof DialSignal.Connected late) {
        late.connection().close();
      }
    }
  }

  private long nanosToWait() {
    long now = System.nanoTime();
    long untilNext =
        attempts.size() < dialing.settings().attemptsPerPeer()
            ? schedule.nanosUntilNext(now)
            : Long.MAX_VALUE;
    return Math.min(untilNext, Math.max(0, timeoutNanos() - (now - startNanos)));
  }

  private void checkTime() throws DeadlineExceededException {
    if (System.nanoTime() - startNanos >= timeoutNanos()) {
      throw new DeadlineExceededException(
          "reaching " + whom() + " took longer than " + dialing.settings().timeout());
    }
  }

  private long timeoutNanos() {
    return dialing.settings().timeout().toNanos();
  }

  private String whom() {
    return peer == null ? "a peer of unknown id" : peer.toString();
  }
}
