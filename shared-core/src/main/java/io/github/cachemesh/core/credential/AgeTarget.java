package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.envelope.AgeFile;
import io.github.cachemesh.core.envelope.AgeRecipient;
import io.github.cachemesh.core.envelope.EnvelopeException;
import io.github.cachemesh.core.envelope.KeyKind;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Whoever has the identity of an age recipient; the store's owner need not know it.
 *
 * @param recipient the public key
 */
public record AgeTarget(AgeRecipient recipient) implements KeyTarget {
  @Override
  public Protected protect(StoreId store, SecureRandom random) throws StoreRefusedException {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    try {
      Base64Text sealed = Base64Text.of(AgeFile.seal(secret, List.of(recipient)));
      return new Protected(
          new Protection.Age(recipient, sealed), KeyKind.KEY_ENCRYPTION.of(secret));
    } catch (EnvelopeException e) {
      throw new StoreRefusedException(Fault.MALFORMED, e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
