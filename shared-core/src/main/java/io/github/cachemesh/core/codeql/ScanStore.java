package io.github.cachemesh.core.codeql;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Results as sealed files, one each: a file is whole and was written under this key for this
 * repository and this scan, or it is named as corrupt. Nothing in a file can be read without the
 * key.
 *
 * <p>Thread-safe, and safe for many processes on one folder, without locks: files appear by atomic
 * rename. An {@link IOException} is a failure of the folder, never a matter of what a file holds.
 */
public final class ScanStore {
  private final Path folder;

  /**
   * @param folder created, with mode 0700, when something is first written
   * @param repositoryId of the only repository whose results are stored and found
   */
  public ScanStore(Path folder, long repositoryId, StoreKey key, Clock clock) {
    this.folder = folder;
  }

  /**
   * Stores a result in place of one of the same scan; then drops the oldest beyond the bounds.
   *
   * @param gzippedSarif at most 10 MiB
   * @throws IllegalArgumentException when it is longer
   */
  public void put(StoredScan scan, byte[] gzippedSarif) throws IOException {
    throw new UnsupportedOperationException(folder.toString());
  }

  /**
   * What is stored of a scan: the full result, else the partial one of this pull request, else one
   * that is equal but for dropped files.
   */
  public StoreLookup find(Cacheability.Cacheable scan, java.util.Optional<Partial> pullRequest)
      throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The gzipped SARIF that was stored with {@code scan}. */
  public byte[] sarif(StoredScan scan) throws CorruptEntryException, IOException {
    throw new UnsupportedOperationException();
  }

  /** Every file, the newest first. */
  public List<StoreEntry> list() throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Removes what is older, and what is corrupt.
   *
   * @return how many files are gone
   */
  public int prune(Duration olderThan) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * Removes every result of a scan.
   *
   * @return how many files are gone
   */
  public int revoke(ScanKey key) throws IOException {
    throw new UnsupportedOperationException();
  }
}
