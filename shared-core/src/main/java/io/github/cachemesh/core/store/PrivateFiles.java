package io.github.cachemesh.core.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Files that only their owner may read and that appear as a whole or not at all, whatever crashes
 * when. What a crash leaves behind is a temporary file, whose name begins with {@link
 * #TEMPORARY_PREFIX}.
 */
public final class PrivateFiles {
  static final String TEMPORARY_PREFIX = ".tmp-";

  /** How old a temporary file is before it counts as left over. */
  static final Duration TEMPORARY_LIFE = Duration.ofHours(1);

  private static final int MAX_ATTEMPTS = 8;

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private PrivateFiles() {}

  /**
   * Creates a folder, and those above it, with mode 0700; one that is there keeps its mode. When
   * this returns, the folder outlives a crash.
   */
  public static void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolder(parent);
    }
    try {
      Files.createDirectory(folder, OWNER_ONLY_FOLDER);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /**
   * Writes a file in place of any of that name, in a folder that is created where it is missing.
   * When this returns, the content outlives a crash.
   */
  public static void replace(Path file, Instant modified, ByteBuffer... content)
      throws IOException {
    Path temporary = writeTemporary(file, modified, content);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    sync(folderOf(file));
  }

  /**
   * Writes a file unless there is one of that name; of several processes exactly one succeeds.
   *
   * @return whether this call wrote it
   */
  public static boolean create(Path file, Instant modified, ByteBuffer content) throws IOException {
    Path temporary = writeTemporary(file, modified, content);
    try {
      // Unlike a rename, a link never replaces a file.
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException _) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(folderOf(file));
    return true;
  }

  private static Path writeTemporary(Path file, Instant modified, ByteBuffer... content)
      throws IOException {
    Path temporary = temporaryBeside(file);
    FileChannel opened = open(temporary);
    try (FileChannel channel = opened) {
      for (ByteBuffer part : content) {
        while (part.hasRemaining()) {
          channel.write(part);
        }
      }
      Files.setLastModifiedTime(temporary, FileTime.from(modified));
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    return temporary;
  }

  /** Another process may remove the folder, when it is empty, right after it was created. */
  private static FileChannel open(Path temporary) throws IOException {
    for (int attempt = 1; ; attempt++) {
      createFolder(folderOf(temporary));
      try {
        return FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OWNER_ONLY_FILE);
      } catch (NoSuchFileException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  static Path temporaryBeside(Path file) {
    return file.resolveSibling(TEMPORARY_PREFIX + UUID.randomUUID());
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not the name of a file: " + file);
    }
    return folder;
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
