package io.github.cachemesh.credentials;

import io.github.cachemesh.actions.ActionFailure;
import java.util.List;

/** Where the credentials are that the workflow asks for by name. */
@FunctionalInterface
interface CredentialSource {
  /**
   * Asks for credentials, each once.
   *
   * @return about each name what came of it, and about no other; the caller closes it
   * @throws ActionFailure when there is no answer that can be trusted
   */
  Findings find(List<String> names) throws InterruptedException;
}
