package io.github.cachemesh.core.credential;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.PasswordAccessException;
import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import java.io.IOException;
import java.util.Optional;

/**
 * The keyring of the system, by java-keyring: Secret Service on Linux, Keychain, Credential
 * Manager. In containers there is none, and the library is not in the actions' images. Connects
 * anew for each call.
 */
public final class OsKeyring implements Keyring {

  @Override
  public Optional<String> get(String service, String account) throws IOException {
    return connected(
        keyring -> {
          try {
            return Optional.of(keyring.getPassword(service, account));
          } catch (PasswordAccessException _) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void set(String service, String account, String secret) throws IOException {
    connected(
        keyring -> {
          keyring.setPassword(service, account, secret);
          return Optional.empty();
        });
  }

  private interface Use {
    Optional<String> of(com.github.javakeyring.Keyring keyring) throws PasswordAccessException;
  }

  private static Optional<String> connected(Use use) throws StoreRefusedException {
    try (com.github.javakeyring.Keyring keyring = com.github.javakeyring.Keyring.create()) {
      return use.of(keyring);
    } catch (BackendNotSupportedException | LinkageError _) {
      throw new StoreRefusedException(
          Fault.NO_KEYRING,
          "there is no keyring here: on Linux it needs a session with D-Bus and a Secret Service;"
              + " use a key file or a passphrase");
    } catch (PasswordAccessException _) {
      throw new StoreRefusedException(
          Fault.NO_KEYRING, "the keyring did not take the key: unlock it");
    } catch (Exception _) {
      // What the library says may quote a secret.
      throw new StoreRefusedException(Fault.NO_KEYRING, "the keyring does not answer: unlock it");
    }
  }
}
