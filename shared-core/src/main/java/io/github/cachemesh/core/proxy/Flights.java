package io.github.cachemesh.core.proxy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets callers that ask for the same thing at the same time share one answer.
 *
 * <p>The first becomes the leader; the others wait for it, at most {@link #PATIENCE}. A leader that
 * fails, or whose answer cannot be shared, takes nobody with it: each follower then asks for
 * itself. Holds one flight for each leader under way, so no more than there are connections.
 * Thread-safe; blocks, so call it on a virtual thread.
 */
final class Flights<K, V> {
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ConcurrentMap<K, CompletableFuture<Optional<V>>> underWay =
      new ConcurrentHashMap<>();

  /** What a leader brings home. */
  interface Leader<V, E extends Exception> {
    V fetch() throws E;
  }

  /** Tells which answers followers may have too. */
  interface Sharing<V> {
    boolean isShareable(V value);
  }

  /** An answer, and whether another caller fetched it. */
  record Landed<V>(V value, boolean collapsed) {}

  <E extends Exception> Landed<V> fly(K key, Sharing<V> sharing, Leader<V, E> leader) throws E {
    CompletableFuture<Optional<V>> own = new CompletableFuture<>();
    CompletableFuture<Optional<V>> earlier = underWay.putIfAbsent(key, own);
    if (earlier != null) {
      Optional<V> shared = await(earlier);
      return shared.isPresent()
          ? new Landed<>(shared.get(), true)
          : new Landed<>(leader.fetch(), false);
    }
    Optional<V> shared = Optional.empty();
    try {
      V value = leader.fetch();
      shared = Optional.of(value).filter(sharing::isShareable);
      return new Landed<>(value, false);
    } finally {
      underWay.remove(key, own);
      own.complete(shared);
    }
  }

  private Optional<V> await(CompletableFuture<Optional<V>> flight) {
    try {
      return flight.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How many leaders are under way. */
  int size() {
    return underWay.size();
  }
}
