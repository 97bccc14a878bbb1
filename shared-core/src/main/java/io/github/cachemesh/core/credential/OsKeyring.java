package io.github.cachemesh.core.credential;

import java.io.IOException;
import java.util.Optional;

/**
 * The keyring of the system, by java-keyring: Secret Service on Linux, Keychain, Credential
 * Manager. In containers there is none.
 */
public final class OsKeyring implements Keyring {
  @Override
  public Optional<String> get(String service, String account) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public void set(String service, String account, String secret) throws IOException {
    throw new UnsupportedOperationException();
  }
}
