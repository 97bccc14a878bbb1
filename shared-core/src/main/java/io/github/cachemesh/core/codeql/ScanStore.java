package io.github.cachemesh.core.codeql;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cachemesh.core.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Results as sealed files, one each: a file is whole and was written under this key for this
 * repository and this scan, or it is named as corrupt. Nothing in a file can be read without the
 * key. Whoever has the key may write anything: see {@link Authority}.
 *
 * <p>Holds at most {@value #MAX_ENTRIES} files and {@value #MAX_BYTES} bytes; the oldest go first.
 * Thread-safe, and safe for many processes on one folder, without locks: files appear by atomic
 * rename. An {@link IOException} is a failure of the folder, never a matter of what a file holds.
 */
public final class ScanStore {
  /** How many files a folder keeps. */
  public static final int MAX_ENTRIES = 64;

  /** How many bytes a folder keeps. */
  public static final long MAX_BYTES = 256L << 20;

  private final ScanFolder folder;
  private final SealedFile format;
  private final StoreKey key;
  private final long repositoryId;
  private final InstantSource clock;

  /**
   * @param folder created, with mode 0700, when something is first written
   * @param repositoryId of the only repository whose results are stored and found
   * @param random of the nonces; never one that repeats itself
   */
  public ScanStore(
      Path folder, long repositoryId, StoreKey key, InstantSource clock, SecureRandom random) {
    this.folder = new ScanFolder(folder);
    this.format = new SealedFile(key, repositoryId, random);
    this.key = key;
    this.repositoryId = repositoryId;
    this.clock = clock;
  }

  /**
   * Stores a result in place of one of the same scan; then drops the oldest beyond the bounds.
   *
   * @param gzippedSarif at most 10 MiB
   * @throws IllegalArgumentException when it is longer, or of another repository
   */
  public void put(StoredScan scan, byte[] gzippedSarif) throws IOException {
    if (scan.origin().repositoryId() != repositoryId) {
      throw new IllegalArgumentException("the scan is of another repository than the store");
    }
    String name = name(scan.key(), scan.partial());
    Instant now = clock.instant();
    PrivateFiles.replace(
        folder.file(name), now, format.seal(name, StoredScanJson.encode(scan), gzippedSarif));
    folder.trim(MAX_ENTRIES, MAX_BYTES, now);
  }

  /**
   * What is stored of a scan: the full result, else the partial one of this pull request, else one
   * that is equal but for dropped files, else a partial one of another pull request.
   */
  public StoreLookup find(Cacheability.Cacheable scan, Optional<Partial> pullRequest)
      throws IOException {
    List<String> names = new ArrayList<>();
    names.add(name(scan.key(), Optional.empty()));
    pullRequest.ifPresent(_ -> names.add(name(scan.key(), pullRequest)));
    for (String name : names) {
      Optional<StoreEntry> entry = entry(name);
      if (entry.isPresent()) {
        return switch (entry.get()) {
          case StoreEntry.Readable(_, _, StoredScan stored) -> new StoreLookup.Found(stored, false);
          case StoreEntry.Corrupt(String file, _, String detail) ->
              new StoreLookup.Corrupt(file, detail);
        };
      }
    }
    return Nearest.among(readable(), scan, pullRequest);
  }

  private List<StoredScan> readable() throws IOException {
    List<StoredScan> scans = new ArrayList<>();
    for (StoreEntry entry : list()) {
      if (entry instanceof StoreEntry.Readable(_, _, StoredScan scan)) {
        scans.add(scan);
      }
    }
    return scans;
  }

  /**
   * The gzipped SARIF that was stored with {@code scan}.
   *
   * @throws CorruptEntryException when its file is not what was once written
   * @throws java.nio.file.NoSuchFileException when it is gone
   */
  public byte[] sarif(StoredScan scan) throws IOException {
    String name = name(scan.key(), scan.partial());
    byte[] file = folder.read(name, SealedFile.MAX_FILE_BYTES);
    return format
        .body(name, file)
        .orElseThrow(() -> new CorruptEntryException(name, "has a body that cannot be opened"));
  }

  /** Every file, the newest first. */
  public List<StoreEntry> list() throws IOException {
    List<StoreEntry> entries = new ArrayList<>();
    for (String name : folder.names()) {
      entry(name).ifPresent(entries::add);
    }
    entries.sort(
        Comparator.comparing(
                (StoreEntry entry) ->
                    entry instanceof StoreEntry.Readable readable
                        ? readable.scan().storedAt()
                        : Instant.MIN)
            .reversed()
            .thenComparing(StoreEntry::file));
    return entries;
  }

  private Optional<StoreEntry> entry(String name) throws IOException {
    Optional<ScanFolder.Beginning> beginning = folder.beginning(name);
    if (beginning.isEmpty()) {
      return Optional.empty();
    }
    long bytes = beginning.get().fileBytes();
    return Optional.of(
        beginning
            .get()
            .head()
            .flatMap(head -> format.head(name, head))
            .flatMap(head -> decode(name, head))
            .<StoreEntry>map(scan -> new StoreEntry.Readable(name, bytes, scan))
            .orElseGet(
                () ->
                    new StoreEntry.Corrupt(
                        name, bytes, "cannot be opened: it is damaged, or of another key")));
  }

  /** The seal proves that the key's owner wrote it, the name that it is of this scan. */
  private Optional<StoredScan> decode(String name, byte[] head) {
    try {
      StoredScan scan = StoredScanJson.decode(head);
      boolean own =
          scan.origin().repositoryId() == repositoryId
              && name(scan.key(), scan.partial()).equals(name);
      return own ? Optional.of(scan) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /**
   * Removes what was stored longer ago, what is corrupt, and what a crash left over.
   *
   * @return how many scans are gone
   */
  public int prune(Duration olderThan) throws IOException {
    Instant now = clock.instant();
    int gone = 0;
    for (StoreEntry entry : list()) {
      boolean keep =
          entry instanceof StoreEntry.Readable(_, _, StoredScan scan)
              && !scan.storedAt().plus(olderThan).isBefore(now);
      if (!keep && folder.delete(entry.file())) {
        gone++;
      }
    }
    folder.trim(MAX_ENTRIES, MAX_BYTES, now);
    return gone;
  }

  /**
   * Removes every result of a scan, the partial ones too.
   *
   * @return how many files are gone
   */
  public int revoke(ScanKey scan) throws IOException {
    int gone = folder.delete(name(scan, Optional.empty())) ? 1 : 0;
    for (StoreEntry entry : list()) {
      if (entry instanceof StoreEntry.Readable(String file, _, StoredScan stored)
          && stored.key().equals(scan)
          && folder.delete(file)) {
        gone++;
      }
    }
    return gone;
  }

  /** Under the key, since the names of what is scanned are nobody's business. */
  private String name(ScanKey scan, Optional<Partial> partial) {
    List<Object> parts =
        partial
            .<List<Object>>map(
                p -> List.of(repositoryId, scan.hex(), p.pullRequest(), p.mergeTree(), p.baseSha()))
            .orElseGet(() -> List.of(repositoryId, scan.hex()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.naming());
      return HexFormat.of().formatHex(mac.doFinal(CanonicalJson.of(parts).getBytes(UTF_8)))
          + ScanFolder.SUFFIX;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
