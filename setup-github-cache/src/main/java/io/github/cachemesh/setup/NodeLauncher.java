package io.github.cachemesh.setup;

import java.io.IOException;
import java.time.Duration;

/** Starts a node as a process that outlives the step, and is started anew when it crashes. */
interface NodeLauncher {
  /**
   * Starts it and returns at once; whether it comes up is to be seen in its home.
   *
   * @param runner that holds the node until its job has asked for more
   * @throws IOException when it cannot even be started
   */
  Launched launch(NodePlan plan, NodeHome home, RunnerIdentity runner) throws IOException;

  /** What was started. */
  interface Launched {
    /** Waits for its end; whether it has ended within that time. */
    boolean awaitEnd(Duration limit) throws InterruptedException;

    /** Has it end; returns at once. */
    void stop();
  }
}
