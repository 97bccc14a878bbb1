package io.github.cachemesh.setup;

import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeState;
import io.github.cachemesh.core.stats.StatisticsReport;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A node of this runner, with this job's lease on it.
 *
 * @param socket the state's, which every node has that this action starts
 */
record JobNode(NodeHome home, NodeState state, Path socket, RunnerIdentity runner) {
  static JobNode of(NodeHome home, NodeState state, RunnerIdentity runner) {
    return new JobNode(
        home, state, state.socket() == null ? home.socket() : Path.of(state.socket()), runner);
  }

  /**
   * What the node has counted so far.
   *
   * @throws IOException when it does not answer, or not with a report
   */
  StatisticsReport statistics() throws IOException {
    NodeClient.Answer answer = client().stats();
    try {
      if (answer.isOk()) {
        return StatisticsReport.parse(answer.body());
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("the node's statistics cannot be read", e);
    }
    throw new IOException("the node answered " + answer.status() + " when asked for statistics");
  }

  /**
   * Gives the lease back; the node then ends when its linger time is over.
   *
   * @throws IOException when the node does not answer: it has ended, or will drop the lease later
   */
  void release() throws IOException {
    home.dropLease();
    client().releaseLease(runner.value());
  }

  private NodeClient client() {
    return NodeClient.of(state, NodeStart.ANSWER_LIMIT);
  }
}
