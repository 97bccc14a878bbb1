package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import java.io.IOException;
import java.security.SecureRandom;

/** Somebody to whom a key of a store is given. Implementations are thread-safe. */
public interface KeyTarget {
  /**
   * Makes the key of a new slot.
   *
   * @param store which the key is for
   * @throws IOException when whatever keeps the secret does not take it
   */
  Protected protect(StoreId store, SecureRandom random) throws IOException;

  /**
   * A new slot's key and how it is had again.
   *
   * @param key which the caller closes
   */
  record Protected(Protection protection, KeyEncryptionKey key) {}
}
