package io.github.cachemesh.core.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cache files of the Python original, kept byte for byte in a folder of their own beside the
 * entries: they hold parsed data without header fields, so they are never served over HTTP.
 *
 * <p>Holds at most {@value #MAX_ENTRIES} files of {@value #MAX_FILE_BYTES} bytes; those on top are
 * refused. Thread-safe; where two callers bring the same key at once, either may win.
 */
public final class OriginalEntries {
  static final int MAX_ENTRIES = 5_000;
  static final int MAX_FILE_BYTES = 32 * 1024 * 1024;

  private final Path folder;
  private final InstantSource clock;

  /**
   * What came of an import or export.
   *
   * @param copied keys
   * @param outdated keys of which the target has an entry that is as new or newer
   * @param expired keys whose time to live is over; not copied
   * @param refused file names, each with the reason: damaged, too large, or too many; left alone
   */
  public record Report(
      List<String> copied,
      List<String> outdated,
      List<String> expired,
      SortedMap<String, String> refused) {

    private Report() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    }
  }

  /**
   * @param storeFolder the folder that the disk tier has too
   */
  public OriginalEntries(Path storeFolder, InstantSource clock) {
    this.folder = storeFolder.resolve("original");
    this.clock = clock;
  }

  /**
   * Copies every {@code *.json} of a folder that the original wrote.
   *
   * @throws IOException when either folder cannot be listed
   */
  public Report importFrom(Path source) throws IOException {
    int kept = jsonFiles(folder, true).size();
    Report report = new Report();
    for (Path file : jsonFiles(source, false)) {
      copy(file, report, entry -> placeFor(entry, kept + report.copied.size()));
    }
    return report;
  }

  private Path placeFor(OriginalEntry entry, int kept) {
    Path target = folder.resolve(name(entry.key()));
    if (kept >= MAX_ENTRIES && !Files.exists(target)) {
      throw new IllegalArgumentException(MAX_ENTRIES + " entries are kept already");
    }
    return target;
  }

  /**
   * Copies every entry to a folder that the original can read, under the names that it gives them.
   *
   * @throws IOException when either folder cannot be listed or created
   */
  public Report exportTo(Path target) throws IOException {
    PrivateFiles.createFolder(target);
    Report report = new Report();
    for (Path file : jsonFiles(folder, true)) {
      copy(file, report, entry -> target.resolve(entry.fileName()));
    }
    return report;
  }

  private interface Target {
    Path of(OriginalEntry entry);
  }

  private void copy(Path source, Report report, Target target) {
    String name = source.getFileName().toString();
    try {
      copy(read(source), report, target);
    } catch (InvalidPathException _) {
      report.refused.put(name, "its key cannot be the name of a file");
    } catch (IllegalArgumentException e) {
      report.refused.put(name, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      report.refused.put(name, "it cannot be copied: " + e);
    }
  }

  private void copy(byte[] file, Report report, Target target) throws IOException {
    OriginalEntry entry = OriginalEntry.parse(file);
    if (entry.isExpired(clock.instant())) {
      report.expired.add(entry.key());
      return;
    }
    Path path = target.of(entry);
    if (hasAsNew(path, entry)) {
      report.outdated.add(entry.key());
      return;
    }
    PrivateFiles.replace(path, clock.instant(), ByteBuffer.wrap(file));
    report.copied.add(entry.key());
  }

  private static boolean hasAsNew(Path path, OriginalEntry entry) throws IOException {
    OriginalEntry present;
    try {
      present = OriginalEntry.parse(read(path));
    } catch (NoSuchFileException _) {
      return false;
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException("the target has a damaged file under its name");
    }
    if (!present.key().equals(entry.key())) {
      throw new IllegalArgumentException("the target has another key under its name");
    }
    return present.timestamp() >= entry.timestamp();
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
      if (content.length > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("it is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return content;
    }
  }

  /** A key may be longer than a file's name. */
  private static String name(String key) {
    return HexFormat.of().formatHex(ContentHash.sha256(key.getBytes(UTF_8))) + ".json";
  }

  private static List<Path> jsonFiles(Path folder, boolean mayBeMissing) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.json")) {
      found.forEach(files::add);
    } catch (NoSuchFileException e) {
      if (!mayBeMissing) {
        throw e;
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    files.removeIf(file -> !Files.isRegularFile(file));
    files.sort(null);
    return files;
  }
}
