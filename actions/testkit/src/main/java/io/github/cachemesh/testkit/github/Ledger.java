package io.github.cachemesh.testkit.github;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * Every request that the simulator has seen, in order. Thread-safe.
 *
 * <p>Holds the last {@value #MAX_ENTRIES} entries; the sums count all since the last reset.
 */
public final class Ledger {
  static final int MAX_ENTRIES = 100_000;

  private final Deque<LedgerEntry> entries = new ArrayDeque<>();
  private long sequence;
  private long points;

  Ledger() {}

  synchronized void record(
      ApiRequest request, String target, Caller caller, int status, int charged, int bodyBytes) {
    sequence++;
    points += charged;
    entries.add(
        new LedgerEntry(
            sequence,
            request.method(),
            request.host(),
            target,
            caller.id(),
            request.isConditional(),
            status,
            charged,
            bodyBytes,
            request.headers().get("User-Agent", "")));
    if (entries.size() > MAX_ENTRIES) {
      entries.removeFirst();
    }
  }

  /** The requests so far, oldest first. */
  public synchronized List<LedgerEntry> requests() {
    return List.copyOf(entries);
  }

  /** The requests so far that satisfy the condition, oldest first. */
  public synchronized List<LedgerEntry> requests(Predicate<LedgerEntry> condition) {
    return entries.stream().filter(condition).toList();
  }

  /** How many requests there were since the last reset. */
  public synchronized long count() {
    return sequence;
  }

  /** Points charged to anybody's primary limit since the last reset. */
  public synchronized long pointsCharged() {
    return points;
  }

  /** Points charged for requests with the token of this id. */
  public synchronized long pointsCharged(String token) {
    return entries.stream()
        .filter(entry -> entry.token().equals(token))
        .mapToLong(LedgerEntry::points)
        .sum();
  }

  /** Forgets everything. */
  public synchronized void clear() {
    entries.clear();
    sequence = 0;
    points = 0;
  }
}
