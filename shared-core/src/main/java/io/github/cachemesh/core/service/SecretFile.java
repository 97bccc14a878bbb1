package io.github.cachemesh.core.service;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A secret of at most {@value #MAX_BYTES} bytes in a file that only its owner may read, made by the
 * first of all processes that need it.
 */
record SecretFile(Path file, InstantSource clock) {
  private static final int MAX_BYTES = 4_096;
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /**
   * What is in it, which the caller zeroes.
   *
   * @throws IOException when it cannot be read or made, is too long, or others may read or change
   *     it
   */
  byte[] readOrMake(Supplier<byte[]> fresh) throws IOException {
    try {
      return read();
    } catch (NoSuchFileException _) {
      byte[] secret = fresh.get();
      try {
        // Where another process was faster, its secret is the one.
        PrivateFiles.create(file, clock.instant(), ByteBuffer.wrap(secret));
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
      return read();
    }
  }

  private byte[] read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
    permissions.retainAll(OTHERS);
    if (!permissions.isEmpty()) {
      throw new IOException(file + " holds a key that others may read or change: chmod 600");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] secret = in.readNBytes(MAX_BYTES + 1);
      if (secret.length > MAX_BYTES) {
        throw refused("it has more than %d bytes".formatted(MAX_BYTES));
      }
      return secret;
    }
  }

  IOException refused(String why) {
    return new IOException("%s is refused: %s; restore it from a backup".formatted(file, why));
  }
}
