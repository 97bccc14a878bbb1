package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionContext;
import java.util.Optional;

/** Makes what talks to the rest of the world, of what a step's inputs say. */
interface Sources {
  /**
   * Where credentials are asked for by name; empty where no input names a place.
   *
   * @throws io.github.cachemesh.actions.ActionFailure when an input is wrong
   */
  Optional<CredentialSource> source(ActionContext context);

  /** Where leases are given back. */
  CleanUp.LeaseReturn leaseReturn(ActionContext context);
}
