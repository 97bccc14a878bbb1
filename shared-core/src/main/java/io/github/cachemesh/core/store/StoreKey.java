package io.github.cachemesh.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * The secret of one store, under which its principals are named: made once, by whichever process
 * comes first, and the same for all of them.
 *
 * <p>A key that cannot be read is never replaced, for every proof in the store would lose its
 * principal.
 */
public final class StoreKey {
  private static final String FILE_NAME = "key";
  private static final int BYTES = 32;

  private StoreKey() {}

  /**
   * The key of the store in {@code folder}, made where there is none; the file has mode 0600.
   *
   * @return 32 bytes that the caller owns
   * @throws IOException when the key cannot be read, is not a key, or cannot be made
   */
  public static byte[] in(Path folder, SecureRandom random) throws IOException {
    Path file = folder.resolve(FILE_NAME);
    try {
      return read(file);
    } catch (NoSuchFileException _) {
      byte[] key = new byte[BYTES];
      random.nextBytes(key);
      create(file, key);
      return read(file);
    }
  }

  private static void create(Path file, byte[] key) throws IOException {
    try {
      PrivateFiles.create(file, Instant.now(), ByteBuffer.wrap(key));
    } catch (IOException e) {
      throw new IOException(
          ("the store's key %s cannot be made: choose a cache folder that this user may write and"
                  + " whose file system has hard links")
              .formatted(file),
          e);
    }
  }

  private static byte[] read(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw notAKey(file, "it is not a regular file");
    }
    byte[] key;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      key = in.readNBytes(BYTES + 1);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          ("the store's key %s cannot be read (%s): run as the owner of the folder, or choose"
                  + " another cache folder")
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
    if (key.length != BYTES) {
      throw notAKey(file, "it does not have %d bytes".formatted(BYTES));
    }
    return key;
  }

  private static IOException notAKey(Path file, String reason) {
    return new IOException(
        "the store's key %s is damaged, %s: remove the whole cache folder, or choose another one"
            .formatted(file, reason));
  }
}
