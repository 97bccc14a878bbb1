package io.github.cachemesh.libp2p.dns;

import io.github.cachemesh.libp2p.core.DeadlineExceededException;
import io.github.cachemesh.libp2p.multiformats.Multiaddr;
import io.github.cachemesh.libp2p.multiformats.MultiaddrProtocol;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What one resolution has found, and what it is still to look up: round after round, within the
 * bounds of {@link MultiaddrResolver}. Not thread-safe.
 */
final class Resolution {
  private final Multiaddr address;
  private final Set<Multiaddr> addresses = new LinkedHashSet<>();
  private final Set<Multiaddr> seen = new LinkedHashSet<>();
  private List<NamedAddress> open = new ArrayList<>();
  private int rounds;
  private int lookups;
  private boolean late;
  private @Nullable Throwable failure;

  Resolution(Multiaddr address) {
    this.address = address;
    add(address);
  }

  private void add(Multiaddr found) {
    boolean wanted = addresses.size() < MultiaddrResolver.MAX_ADDRESSES && seen.add(found);
    if (wanted) {
      NamedAddress.in(found).ifPresentOrElse(this::addName, () -> addresses.add(found));
    }
  }

  /** A name of both versions takes two lookups. */
  private void addName(NamedAddress named) {
    int needed = named.kind() == MultiaddrProtocol.DNS ? 2 : 1;
    if (rounds < MultiaddrResolver.MAX_ROUNDS
        && lookups + needed <= MultiaddrResolver.MAX_LOOKUPS) {
      lookups += needed;
      open.add(named);
    }
  }

  boolean isOpen() {
    return !open.isEmpty() && !late;
  }

  /** Begins a round. */
  List<NamedAddress> next() {
    List<NamedAddress> now = open;
    open = new ArrayList<>();
    rounds++;
    return now;
  }

  /** Waits for the round to end; what has come when the time is over counts. */
  void found(List<CompletableFuture<List<Multiaddr>>> round, long nanos) throws IOException {
    long deadlineNanos = System.nanoTime() + nanos;
    for (CompletableFuture<List<Multiaddr>> each : round) {
      try {
        each.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS).forEach(this::add);
      } catch (ExecutionException e) {
        failure = e.getCause();
      } catch (TimeoutException e) {
        failure = new DeadlineExceededException("resolving " + address + " took too long", e);
        late = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted =
            new InterruptedIOException("interrupted while resolving " + address);
        interrupted.initCause(e);
        throw interrupted;
      }
    }
  }

  /**
   * @throws IOException when there are none and lookups failed
   */
  List<Multiaddr> addresses() throws IOException {
    if (addresses.isEmpty() && failure instanceof DeadlineExceededException tooLate) {
      throw tooLate;
    }
    if (addresses.isEmpty() && failure != null) {
      throw new IOException("cannot resolve " + address, failure);
    }
    return List.copyOf(addresses);
  }
}
