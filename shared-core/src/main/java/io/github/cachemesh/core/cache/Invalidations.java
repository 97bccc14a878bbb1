package io.github.cachemesh.core.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Tells whether an answer that was asked for at some epoch may still be stored: not when its path,
 * or one below it, was written to since.
 *
 * <p>Remembers the last {@link #MAX_REMEMBERED} invalidations; of older epochs it knows nothing and
 * allows nothing. Thread-safe.
 */
final class Invalidations {
  static final int MAX_REMEMBERED = 2048;

  private record Invalidation(long epoch, String host, String path) {
    boolean covers(String otherHost, String otherPath) {
      return host.equals(otherHost) && isSameOrParent(otherPath);
    }

    private boolean isSameOrParent(String other) {
      return other.equals("/")
          || (path.startsWith(other)
              && (path.length() == other.length() || path.charAt(other.length()) == '/'));
    }
  }

  private final Deque<Invalidation> latestFirst = new ArrayDeque<>();
  private long epoch;
  private long forgottenUpTo;

  /** The number of invalidations so far. */
  synchronized long epoch() {
    return epoch;
  }

  synchronized void add(String host, String path) {
    latestFirst.addFirst(new Invalidation(++epoch, host, path));
    if (latestFirst.size() > MAX_REMEMBERED) {
      forgottenUpTo = latestFirst.removeLast().epoch();
    }
  }

  /** From now on nothing asked for earlier may be stored. */
  synchronized void addAll() {
    forgottenUpTo = ++epoch;
    latestFirst.clear();
  }

  synchronized boolean allows(long asOf, String host, String path) {
    if (asOf < forgottenUpTo) {
      return false;
    }
    for (Invalidation invalidation : latestFirst) {
      if (invalidation.epoch() <= asOf) {
        return true;
      }
      if (invalidation.covers(host, path)) {
        return false;
      }
    }
    return true;
  }

  /** The path and each one above it: {@code /a/b}, {@code /a}, {@code /}. */
  static List<String> withParents(String path) {
    List<String> paths = new ArrayList<>();
    paths.add(path);
    for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      paths.add(path.substring(0, slash));
    }
    if (!path.equals("/")) {
      paths.add("/");
    }
    return paths;
  }
}
