package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.AgeFile;
import io.github.cachemesh.core.envelope.AgeIdentity;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyEncryptionKey;
import io.github.cachemesh.core.envelope.KeyKind;
import java.util.Arrays;
import java.util.Optional;

/** An X25519 identity of age. */
public final class AgeKey implements KeySource {
  private final AgeIdentity identity;

  /**
   * @param identity which is closed with this
   */
  public AgeKey(AgeIdentity identity) {
    this.identity = identity;
  }

  @Override
  public Optional<KeyEncryptionKey> open(KeySlot slot) throws StoreRefusedException {
    if (!(slot.protection() instanceof Protection.Age(var recipient, Base64Text sealed))) {
      return Optional.empty();
    }
    byte[] key;
    try {
      key = AgeFile.open(sealed.bytes(), identity);
    } catch (EnvelopeException e) {
      if (e.fault() == EnvelopeException.Fault.OTHER_KEY) {
        return Optional.empty();
      }
      throw new StoreRefusedException(
          Fault.CORRUPT, "the key sealed to %s: %s".formatted(recipient, e.getMessage()));
    }
    try {
      return Optional.of(KeyKind.KEY_ENCRYPTION.of(key));
    } catch (IllegalArgumentException _) {
      throw new StoreRefusedException(
          Fault.CORRUPT, "what is sealed to %s is no key".formatted(recipient));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** No: whoever knows the recipient can seal to it. */
  @Override
  public boolean provesMaker() {
    return false;
  }

  @Override
  public void close() {
    identity.close();
  }

  @Override
  public String toString() {
    return "AgeKey";
  }
}
