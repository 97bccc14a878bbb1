package io.github.cachemesh.e2e.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.credential.Anchor;
import io.github.cachemesh.core.credential.Expiry;
import io.github.cachemesh.core.credential.KeySource;
import java.io.IOException;
import java.nio.file.Path;

/** Writes one value after the other until it is killed; prints the number of each that is kept. */
final class WriterMain {
  private WriterMain() {}

  /**
   * Writes.
   *
   * @param args the store, the owner's key, the folder of the host's state, the name of the value
   */
  public static void main(String... args) throws IOException {
    OwnedStore owned = new OwnedStore(Path.of(args[0]), Path.of(args[1]));
    Anchor anchor = Anchor.none().hostState(Path.of(args[2]));
    try (KeySource owner = owned.owner()) {
      for (int i = 1; ; i++) {
        byte[] value = value(args[3], i).getBytes(UTF_8);
        var _ =
            owned
                .store()
                .change(
                    owner,
                    anchor,
                    editor -> editor.set(OwnedStore.id(args[3]), value, new Expiry.Never()));
        System.out.println(i);
      }
    }
  }

  /** What is written so many times after the start. */
  static String value(String name, int number) {
    return "%s, for the %d. time".formatted(name, number);
  }
}
