package io.github.cachemesh.core.credential;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The Python original's store, {@code credentials.json.enc} under the key in {@code .master_key}.
 * It is read, whole or not at all, and never written.
 */
public final class LegacyStore {
  private LegacyStore() {}

  /**
   * Reads it.
   *
   * @param masterKey base64 of 32 bytes; stays the caller's
   * @return what the caller closes
   * @throws StoreRefusedException when the file is damaged or the key is not its own
   * @throws IOException when it cannot be read
   */
  public static LegacyCredentials read(Path file, byte[] masterKey) throws IOException {
    throw new UnsupportedOperationException();
  }
}
