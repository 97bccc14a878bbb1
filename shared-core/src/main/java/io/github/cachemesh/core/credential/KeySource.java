package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import java.io.IOException;
import java.util.Optional;

/**
 * A secret that opens a store. Implementations are thread-safe and hold their secret until they are
 * closed; using them afterwards throws {@link IllegalStateException}.
 */
public interface KeySource extends AutoCloseable {
  /**
   * The key of a slot.
   *
   * @return a key that the caller closes; empty when the slot is for another secret. It need not be
   *     the slot's key: the store compares their ids
   * @throws StoreRefusedException when the slot could be this secret's and is damaged
   * @throws IOException when whatever keeps the secret does not answer
   */
  Optional<KeyEncryptionKey> open(KeySlot slot) throws IOException;

  /** The store that the secret was made for, where it says. */
  default Optional<StoreId> store() {
    return Optional.empty();
  }

  /**
   * Whether nobody without the secret can make a slot that it opens. Where anybody can, as with a
   * public key, an owner's slot does not tell whose store it is.
   */
  boolean provesMaker();

  @Override
  void close();
}
