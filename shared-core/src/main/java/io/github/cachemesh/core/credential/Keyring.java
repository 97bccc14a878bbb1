package io.github.cachemesh.core.credential;

import java.io.IOException;
import java.util.Optional;

/** Where a user's system keeps short secrets. Implementations are thread-safe. */
public interface Keyring {
  /**
   * The secret of an account.
   *
   * @throws IOException when there is no keyring, or it does not answer
   */
  Optional<String> get(String service, String account) throws IOException;

  /**
   * Keeps a secret in place of any that the account has.
   *
   * @throws IOException when there is no keyring, or it does not take it
   */
  void set(String service, String account, String secret) throws IOException;
}
