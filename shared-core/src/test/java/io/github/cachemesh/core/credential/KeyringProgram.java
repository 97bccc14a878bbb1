package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * Makes a store whose owner's key the system's keyring keeps, and opens it again: FILE. To be run
 * in a session with a Secret Service.
 */
final class KeyringProgram {
  private KeyringProgram() {}

  public static void main(String[] arguments) throws Exception {
    SealedStore store =
        new SealedStore(Path.of(arguments[0]), new SecureRandom(), InstantSource.system());
    CredentialId id = new CredentialId("TOKEN", new Scope.Global());
    byte[] value = "kept by the keyring".getBytes(UTF_8);
    try (KeyringKey key = new KeyringKey(new OsKeyring())) {
      StoreId made = store.create("host", key, StorePolicy.DEFAULT);
      store.change(key, Anchor.none(), editor -> editor.set(id, value, new Expiry.Never()));
      try (OpenedStore opened = store.openAsOwner(key, Anchor.none());
          Credential credential = opened.value(id)) {
        System.out.println(made + " " + new String(credential.value(), UTF_8));
      }
    }
  }
}
