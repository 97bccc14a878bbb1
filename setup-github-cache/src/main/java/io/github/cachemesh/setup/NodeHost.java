package io.github.cachemesh.setup;

import io.github.cachemesh.actions.ActionContext;
import io.github.cachemesh.actions.ActionFailure;
import io.github.cachemesh.core.node.NodeClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the nodes of this runner run, and what they have in common with the job: processes beside
 * this one, or containers beside this one's. For one thread at a time.
 */
interface NodeHost {
  /** Looks around. */
  interface Opening {
    /**
     * @throws ActionFailure when no node can run here; says why and what to do
     */
    NodeHost open(ActionContext context) throws IOException;
  }

  /** Whose leases this job takes. */
  RunnerIdentity runner();

  JobPlace place();

  /**
   * gh's configuration if it were not for us, as far as this process can see it.
   *
   * @throws ActionFailure when there is one that it cannot see
   */
  Optional<Path> ghOfUser();

  /**
   * Takes a lease on a node that runs as planned, else on one that it starts.
   *
   * @throws IOException when the cache folder cannot be used or the node not be started
   * @throws ActionFailure when it ends or does not answer; says what it logged
   */
  JobNode lease(JobSettings settings) throws IOException, InterruptedException;

  /** The running node of that id. */
  Optional<NodeClient> find(String id) throws IOException;

  /** Takes back what the runner does not, once the job is over. */
  void leave() throws IOException;
}
