package io.github.cachemesh.core.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One file an entry, under {@code entries/<2 digits>/<group>/<name>.entry}: a file is whole, or it
 * reads as damaged or absent.
 *
 * <p>Thread-safe, and safe for many processes on one folder, without locks: files appear by atomic
 * rename, and one that another process deleted is absent. What is no regular file is left alone. An
 * {@link IOException} is a failure of the folder, never a matter of what a file holds.
 *
 * @param <T> an entry without its body
 */
public final class EntryFiles<T> {
  private static final String SUFFIX = ".entry";

  private final Path entries;
  private final EntryCodec<T> codec;
  private final EntryFormat<T> format;

  /**
   * @param folder of the store; created, with mode 0700, when something is first written
   */
  public EntryFiles(Path folder, EntryCodec<T> codec) {
    this.entries = folder.resolve("entries");
    this.codec = codec;
    this.format = new EntryFormat<>(codec);
  }

  private Path folder(String group) {
    EntryName.checkGroup(group);
    return entries.resolve(group.substring(0, 2)).resolve(group);
  }

  private Path file(EntryName name) {
    return folder(name.group()).resolve(name.name() + SUFFIX);
  }

  /**
   * Writes an entry in place of one of equal name, even of one that a later version wrote. When
   * this returns, it can be read after any crash.
   *
   * @return the size of the file
   * @throws EntryTooLargeException before anything is written
   */
  public long write(T entry, byte[] body, Instant now) throws IOException {
    ByteBuffer head = format.encode(entry, body.length);
    long bytes = (long) head.remaining() + body.length;
    PrivateFiles.replace(file(codec.name(entry)), now, head, ByteBuffer.wrap(body));
    return bytes;
  }

  /** The size and last use of a file, whatever it holds. */
  public Optional<EntryFile> stat(EntryName name) throws IOException {
    return attributes(file(name))
        .filter(BasicFileAttributes::isRegularFile)
        .map(attributes -> entryFile(name, attributes));
  }

  private static EntryFile entryFile(EntryName name, BasicFileAttributes attributes) {
    return new EntryFile(name, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /** Reads an entry without its body, which is not checked then. */
  public Reading<T> readEntry(EntryName name) throws IOException {
    return read(name, file(name), format::readEntry);
  }

  /** Reads and checks a whole file. */
  public Reading<byte[]> readBody(EntryName name) throws IOException {
    return read(name, file(name), format::readBody);
  }

  private interface Reader<V> {
    Reading<V> read(EntryName name, InputStream in, long size) throws IOException;
  }

  private static <V> Reading<V> read(EntryName name, Path file, Reader<V> reader)
      throws IOException {
    if (!isRegular(attributes(file))) {
      return new Reading.Absent<>();
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      // The size of what was opened: another process may have replaced what the name stands for.
      return reader.read(name, Channels.newInputStream(channel), channel.size());
    } catch (NoSuchFileException _) {
      return new Reading.Absent<>();
    }
  }

  private static boolean isRegular(Optional<BasicFileAttributes> attributes) {
    return attributes.filter(BasicFileAttributes::isRegularFile).isPresent();
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Notes that an entry was used, unless that was noted within {@code atMostEvery}. */
  public void touch(EntryName name, Instant now, Duration atMostEvery) throws IOException {
    Optional<EntryFile> file = stat(name);
    if (file.isPresent() && file.get().lastUsed().plus(atMostEvery).isBefore(now)) {
      try {
        Files.setLastModifiedTime(file(name), FileTime.from(now));
      } catch (NoSuchFileException _) {
        // Evicted meanwhile.
      }
    }
  }

  /**
   * @return whether this call deleted it
   */
  public boolean delete(EntryName name) throws IOException {
    boolean deleted = Files.deleteIfExists(file(name));
    deleteIfEmpty(folder(name.group()));
    return deleted;
  }

  /**
   * Deletes a file that was read as damaged, unless another process put a whole one in its place
   * meanwhile.
   *
   * @return whether it is gone
   */
  public boolean deleteDamaged(EntryName name) throws IOException {
    Path file = file(name);
    Path aside = PrivateFiles.temporaryBeside(file);
    try {
      Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException _) {
      return false;
    }
    if (read(name, aside, format::readBody) instanceof Reading.Damaged) {
      Files.delete(aside);
      deleteIfEmpty(folder(name.group()));
      return true;
    }
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    return false;
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.delete(folder);
    } catch (NoSuchFileException | DirectoryNotEmptyException _) {
      // Somebody else was faster, or something is in it.
    }
  }

  /** The names in one group. */
  public List<EntryName> list(String group) throws IOException {
    List<EntryName> names = new ArrayList<>();
    for (Path file : children(folder(group))) {
      entryName(group, file).ifPresent(names::add);
    }
    return names;
  }

  private static Optional<EntryName> entryName(String group, Path file) {
    String fileName = file.getFileName().toString();
    if (!fileName.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    return EntryName.isName(name) ? Optional.of(new EntryName(group, name)) : Optional.empty();
  }

  /**
   * Every entry's file, whatever it holds. On the way, temporary files that a crash left more than
   * an hour ago and empty groups are removed. A group that this process may not read is left out.
   */
  public List<EntryFile> scan(Instant now) throws IOException {
    List<EntryFile> files = new ArrayList<>();
    for (Path prefix : children(entries)) {
      for (Path group : children(prefix)) {
        if (EntryName.isGroup(group.getFileName().toString()) && Files.isReadable(group)) {
          scanGroup(group, now, files);
        }
      }
    }
    return files;
  }

  private static void scanGroup(Path group, Instant now, List<EntryFile> files) throws IOException {
    List<Path> children = children(group);
    for (Path file : children) {
      Optional<BasicFileAttributes> attributes = attributes(file);
      if (!isRegular(attributes)) {
        continue;
      }
      entryName(group.getFileName().toString(), file)
          .ifPresent(name -> files.add(entryFile(name, attributes.get())));
      Instant modified = attributes.get().lastModifiedTime().toInstant();
      if (file.getFileName().toString().startsWith(PrivateFiles.TEMPORARY_PREFIX)
          && modified.plus(PrivateFiles.TEMPORARY_LIFE).isBefore(now)) {
        Files.deleteIfExists(file);
      }
    }
    if (children.isEmpty()) {
      deleteIfEmpty(group);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
      return children;
    } catch (NoSuchFileException | NotDirectoryException _) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
