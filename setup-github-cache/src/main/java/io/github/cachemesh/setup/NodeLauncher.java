package io.github.cachemesh.setup;

import java.io.IOException;
import java.time.Duration;

/** Starts a node that outlives the step, and is started anew when it crashes. */
interface NodeLauncher {
  /**
   * Starts it and returns at once; whether it comes up is to be seen in its {@link NodeHome}.
   *
   * @throws IOException when it cannot even be started
   */
  Launched launch(NodePlan plan) throws IOException;

  /** What was started. */
  interface Launched {
    /** Waits for its end; whether it has ended within that time. */
    boolean awaitEnd(Duration limit) throws InterruptedException;

    /** Has it end; returns at once. */
    void stop();
  }
}
