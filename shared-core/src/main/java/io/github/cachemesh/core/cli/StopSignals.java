package io.github.cachemesh.core.cli;

import java.util.List;
import sun.misc.Signal;

/**
 * SIGTERM and SIGINT: the first one asks the process to end in order, the second ends it at once
 * with 128 and the signal's number. Thread-safe.
 *
 * <p>Not a shutdown hook: those run beside the one that shuts down logging, so what is logged last
 * would be lost, and in one a second signal changes nothing.
 */
final class StopSignals {
  private static final int SIGNALLED = 128;

  private boolean received;
  private Runnable onFirst = () -> {};

  private StopSignals() {}

  /** Takes over both signals for the rest of the process. */
  static StopSignals install() {
    StopSignals signals = new StopSignals();
    for (String name : List.of("TERM", "INT")) {
      Signal.handle(new Signal(name), signal -> signals.receive(signal.getNumber()));
    }
    return signals;
  }

  private void receive(int number) {
    Runnable action;
    synchronized (this) {
      if (received) {
        Runtime.getRuntime().halt(SIGNALLED + number);
      }
      received = true;
      action = onFirst;
    }
    action.run();
  }

  /** Says what the first signal does; at once, where it has come already. */
  void onFirst(Runnable action) {
    synchronized (this) {
      if (!received) {
        onFirst = action;
        return;
      }
    }
    action.run();
  }
}
