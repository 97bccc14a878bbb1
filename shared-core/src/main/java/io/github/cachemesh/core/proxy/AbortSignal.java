package io.github.cachemesh.core.proxy;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells those who work for a client that it has gone away. Thread-safe; an action runs once, at
 * most.
 */
public final class AbortSignal {
  private final List<Runnable> actions = new ArrayList<>(1);
  private boolean aborted;

  /** A signal that nobody gives: the work is wanted in any case. */
  public static AbortSignal never() {
    return new AbortSignal();
  }

  void onAbort(Runnable action) {
    synchronized (this) {
      if (!aborted) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  void abort() {
    List<Runnable> due;
    synchronized (this) {
      if (aborted) {
        return;
      }
      aborted = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
  }
}
