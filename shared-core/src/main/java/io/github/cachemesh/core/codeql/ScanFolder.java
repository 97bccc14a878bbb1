package io.github.cachemesh.core.codeql;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a {@link ScanStore} as bytes; files by other names, and what is no regular file, are
 * left alone. At most {@value #MAX_LISTED} are looked at.
 */
record ScanFolder(Path folder) {
  static final String SUFFIX = ".scan";

  /** More than the store keeps: others may put files here too. */
  static final int MAX_LISTED = 1_024;

  private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}\\.scan");

  /** As {@link io.github.cachemesh.core.store.PrivateFiles} names what is not yet whole. */
  private static final String TEMPORARY = ".tmp-";

  private static final Duration TEMPORARY_LIFE = Duration.ofHours(1);

  /**
   * @param head the file's beginning up to the end of its head, when it is such a file
   */
  record Beginning(long fileBytes, Optional<byte[]> head) {}

  private record Listed(Path file, Instant modified, long bytes) {}

  Path file(String name) {
    return folder.resolve(name);
  }

  List<String> names() throws IOException {
    return files().stream()
        .map(listed -> listed.file().getFileName().toString())
        .filter(name -> NAME.matcher(name).matches())
        .toList();
  }

  /** The store's files and what was left over, the newest first. */
  private List<Listed> files() throws IOException {
    List<Listed> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, ScanFolder::isOurs)) {
      for (Path file : found) {
        attributes(file)
            .map(a -> new Listed(file, a.lastModifiedTime().toInstant(), a.size()))
            .ifPresent(files::add);
        if (files.size() == MAX_LISTED) {
          break;
        }
      }
    } catch (NoSuchFileException _) {
      return files;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.sort(Comparator.comparing(Listed::modified).reversed().thenComparing(Listed::file));
    return files;
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return NAME.matcher(name).matches() || name.startsWith(TEMPORARY);
  }

  private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      return Optional.of(
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS))
          .filter(BasicFileAttributes::isRegularFile);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Empty when there is no such file. */
  Optional<Beginning> beginning(String name) throws IOException {
    if (attributes(file(name)).isEmpty()) {
      return Optional.empty();
    }
    try (FileChannel channel = open(name)) {
      InputStream in = Channels.newInputStream(channel);
      byte[] preamble = in.readNBytes(SealedFile.PREAMBLE_BYTES);
      Optional<Integer> end = SealedFile.headEnd(preamble, channel.size());
      if (end.isEmpty()) {
        return Optional.of(new Beginning(channel.size(), Optional.empty()));
      }
      channel.position(0);
      byte[] head = in.readNBytes(end.get());
      return Optional.of(
          new Beginning(channel.size(), Optional.of(head).filter(h -> h.length == end.get())));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(file(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  /** At most {@code maxBytes} and one of a file. */
  byte[] read(String name, int maxBytes) throws IOException {
    if (attributes(file(name)).isEmpty()) {
      throw new NoSuchFileException(file(name).toString());
    }
    try (FileChannel channel = open(name)) {
      return Channels.newInputStream(channel).readNBytes(maxBytes + 1);
    }
  }

  /**
   * @return whether this call deleted it
   */
  boolean delete(String name) throws IOException {
    return Files.deleteIfExists(file(name));
  }

  /** Deletes the oldest beyond the bounds, and what was left over more than an hour ago. */
  void trim(int maxEntries, long maxBytes, Instant now) throws IOException {
    int entries = 0;
    long bytes = 0;
    for (Listed listed : files()) {
      boolean keep;
      if (listed.file().getFileName().toString().startsWith(TEMPORARY)) {
        keep = !listed.modified().plus(TEMPORARY_LIFE).isBefore(now);
      } else {
        entries++;
        bytes += listed.bytes();
        keep = entries <= maxEntries && bytes <= maxBytes;
      }
      if (!keep) {
        boolean _ = Files.deleteIfExists(listed.file());
      }
    }
  }
}
