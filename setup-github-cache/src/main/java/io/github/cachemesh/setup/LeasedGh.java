package io.github.cachemesh.setup;

import io.github.cachemesh.core.node.NodeClient;
import io.github.cachemesh.core.node.NodeState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * gh in the job that holds the lease on a supervised node: it is on the node's socket only while
 * the node answers. Failures are told on standard output and change nothing else. Thread-safe.
 */
final class LeasedGh {
  private final NodeHome home;
  private final Path socket;

  LeasedGh(NodeHome home, Path socket) {
    this.home = home;
    this.socket = socket;
  }

  /** The job that holds the lease now, if any. */
  Optional<JobLease> lease() {
    try {
      return home.lease();
    } catch (IOException e) {
      tell("the lease cannot be read", e);
      return Optional.empty();
    }
  }

  /** Lets gh go straight to GitHub. */
  void takeBack() {
    Optional<JobLease> lease = lease();
    if (lease.isPresent()) {
      try {
        folder(lease.get()).takeBack(socket);
      } catch (IOException e) {
        tell("gh's socket setting cannot be taken back", e);
      }
    }
  }

  /**
   * Gives gh the socket of a node that was started anew. A job that ends meanwhile drops its lease
   * first and takes the setting back afterwards; looking at the lease last, one of both sees the
   * other.
   */
  void giveAgain(JobLease lease, NodeState node) {
    try {
      folder(lease).use(socket);
      if (home.lease().isEmpty()) {
        folder(lease).takeBack(socket);
        NodeClient.of(node, NodeStart.ANSWER_LIMIT).releaseLease(lease.runner());
      }
    } catch (IOException e) {
      tell("gh goes on without the socket", e);
    }
  }

  private static GhFolder folder(JobLease lease) {
    return new GhFolder(Path.of(lease.ghFolder()));
  }

  private static void tell(String what, IOException e) {
    System.out.println(what + ": " + Reason.of(e));
  }
}
