package io.github.cachemesh.setup;

import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.time.Duration;

/** Waits until a node that was started answers. */
final class NodeStart {
  /** The longest that a node may take, on a machine that is busy with other jobs. */
  static final Duration LIMIT = Duration.ofSeconds(60);

  /** The longest that one answer of a node about itself may take. */
  static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_INTERVAL = Duration.ofMillis(50);

  private NodeStart() {}

  /** What came of it. */
  sealed interface Result {
    record Ready(NodeState node) implements Result {}

    /** The process ended before the node answered. */
    record Ended() implements Result {}

    /** The time is over; the process may still run. */
    record TooSlow() implements Result {}
  }

  /**
   * @throws IOException when the state files cannot be read
   */
  static Result await(NodeHome home, NodeLauncher.Launched launched, Duration limit)
      throws IOException, InterruptedException {
    long deadlineNanos = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      // Waiting for the end is the pause between two looks, so an end is noticed at once.
      if (launched.awaitEnd(LOOK_INTERVAL)) {
        return new Result.Ended();
      }
      NodeState node = home.running().orElse(null);
      if (node != null && answers(node)) {
        return new Result.Ready(node);
      }
    }
    return new Result.TooSlow();
  }

  static boolean answers(NodeState node) {
    try {
      return NodeClient.of(node, ANSWER_LIMIT).health().isOk();
    } catch (IOException e) {
      return false;
    }
  }
}
