package io.github.cachemesh.core.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Another process that sets values, one write each: FILE KEYFILE PREFIX COUNT. */
final class WriterProgram {
  private WriterProgram() {}

  public static void main(String[] arguments) throws Exception {
    SealedStore store =
        new SealedStore(Path.of(arguments[0]), new SecureRandom(), InstantSource.system());
    try (KeySource key = KeyText.parse(Files.readAllBytes(Path.of(arguments[1])))) {
      for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
        CredentialId id = new CredentialId(arguments[2] + i, new Scope.Global());
        byte[] value = arguments[2].getBytes(UTF_8);
        store.change(key, Anchor.none(), editor -> editor.set(id, value, new Expiry.Never()));
      }
    }
  }
}
