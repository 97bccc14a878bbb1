package io.github.cachemesh.setup;

import io.github.cachemesh.actions.FailureReason;
import io.github.cachemesh.core.node.HeldLease;
import io.github.cachemesh.core.node.NodeFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * gh in the jobs that hold a lease on a supervised node: it is on the node's socket only while the
 * node answers. Failures are told and change nothing else. Thread-safe.
 */
final class LeasedGh {
  private final NodeHome home;

  LeasedGh(NodeHome home) {
    this.home = home;
  }

  /**
   * Lets gh go straight to GitHub in all of them.
   *
   * @return whether there is such a job
   */
  boolean off() {
    List<HeldLease> leases = leases();
    for (HeldLease lease : leases) {
      change(lease, GhFolder::off);
    }
    return !leases.isEmpty();
  }

  /** Gives gh the socket again in all of them. */
  void on() {
    leases().forEach(lease -> change(lease, GhFolder::on));
  }

  private interface Change {
    void apply(GhFolder folder) throws IOException;
  }

  private static void change(HeldLease lease, Change change) {
    if (lease.gh() != null) {
      try {
        change.apply(new GhFolder(Path.of(lease.gh())));
      } catch (IOException e) {
        NodeSupervisor.tell("gh's socket setting cannot be changed: " + FailureReason.of(e));
      }
    }
  }

  private List<HeldLease> leases() {
    try {
      return new NodeFolder(home.cacheDir()).leases(home.id());
    } catch (IOException e) {
      NodeSupervisor.tell("the leases cannot be read: " + FailureReason.of(e));
      return List.of();
    }
  }
}
