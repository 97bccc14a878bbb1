package io.github.cachemesh.core.oidc;

import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The keys that an issuer signs with. Implementations are thread-safe. */
public interface IssuerKeys {
  /**
   * The key of that id; empty when the issuer has none.
   *
   * @throws KeysUnavailableException when that cannot be told
   */
  Optional<RSAPublicKey> find(String keyId) throws KeysUnavailableException;
}
