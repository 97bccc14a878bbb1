package io.github.cachemesh.core.audit;

import io.github.cachemesh.core.store.ExclusiveFile;
import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The files of a log, each named by the number of its first line so that their names' order is
 * theirs. At most {@link #MAX_FILES}; other files of the folder are none of the log.
 */
final class LogFiles {
  static final int MAX_FILES = 10_000;

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);
  private static final Pattern NAME = Pattern.compile("audit-[0-9]{18}\\.jsonl");

  private final Path folder;
  private final ExclusiveFile lock;

  LogFiles(Path folder) {
    this.folder = folder;
    this.lock = new ExclusiveFile(folder.resolve("audit.lock"), MAX_WAIT);
  }

  /** A file, and how long it was at one moment, in bytes. */
  record Part(Path file, long length) {}

  /** Makes the folder, and keeps other writers out until it is closed. */
  ExclusiveFile.Held lock() throws IOException {
    PrivateFiles.createFolder(folder);
    return lock.acquire();
  }

  /**
   * All files, in order, as they are between two appends; those to come do not change what is read.
   */
  List<Part> settled() throws IOException {
    if (!Files.isWritable(folder)) {
      // A copy that is kept read-only: nobody appends.
      return parts();
    }
    try (ExclusiveFile.Held _ = lock.acquire()) {
      return parts();
    }
  }

  /** All files, in order. */
  List<Part> parts() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          files.add(file);
        }
        if (files.size() > MAX_FILES) {
          throw new IOException(
              "%s has more than %d files of a log: archive it and begin another folder"
                  .formatted(folder, MAX_FILES));
        }
      }
    }
    files.sort(null);
    List<Part> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(new Part(file, Files.size(file)));
    }
    return parts;
  }

  /** The file whose first line has that number. */
  Path from(long seq) {
    return folder.resolve(String.format(Locale.ROOT, "audit-%018d.jsonl", seq));
  }

  /** Makes an empty file, which outlives a crash. */
  void create(Path file, Instant now) throws IOException {
    PrivateFiles.create(file, now, ByteBuffer.allocate(0));
  }
}
