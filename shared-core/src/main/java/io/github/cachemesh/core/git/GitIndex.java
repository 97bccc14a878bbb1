package io.github.cachemesh.core.git;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;

/**
 * The index as a plain listing: every entry is of stage 0, carries no flag that hides its file from
 * Git, and the entries are in the order of their paths' bytes, each path once.
 *
 * <p>At most 512 MiB, a million entries, and 4,096 bytes a path are read.
 */
final class GitIndex {
  private static final long MAX_BYTES = 512L << 20;
  private static final int MAX_ENTRIES = 1_000_000;
  private static final int MAX_PATH_BYTES = 4096;
  private static final int MIN_ENTRY_BYTES = 62;
  private static final int SIGNATURE = 0x44495243;

  private final DirCacheEntry[] entries;

  private GitIndex(DirCacheEntry[] entries) {
    this.entries = entries;
  }

  static GitIndex read(Path file) throws Finding, IOException {
    checkBounds(file);
    DirCache read;
    try {
      read = DirCache.read(file.toFile(), FS.DETECTED);
    } catch (IOException | RuntimeException e) {
      // Also for what Git's index may hold and JGit does not know: a split or a sparse index.
      throw new Finding(
          Unfitness.UNSUPPORTED,
          "the index cannot be read: " + RawNames.shown(String.valueOf(e.getMessage())));
    }
    DirCacheEntry[] entries = new DirCacheEntry[read.getEntryCount()];
    for (int at = 0; at < entries.length; at++) {
      entries[at] = read.getEntry(at);
      check(entries[at]);
      if (at > 0
          && Arrays.compareUnsigned(entries[at - 1].getRawPath(), entries[at].getRawPath()) >= 0) {
        throw new Finding(
            Unfitness.UNSUPPORTED, "the index is out of order at " + shown(entries[at]));
      }
    }
    return new GitIndex(entries);
  }

  /** What the header claims must fit the file, since memory is taken by what it claims. */
  private static void checkBounds(Path file) throws Finding, IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Finding(Unfitness.DIRTY, "there is no index");
    }
    long size = Files.size(file);
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      boolean known = in.readInt() == SIGNATURE;
      int version = in.readInt();
      int count = in.readInt();
      if (!known || version < 2 || version > 4) {
        throw new Finding(Unfitness.UNSUPPORTED, "the index is of version " + version);
      }
      if (size > MAX_BYTES || count < 0 || count > MAX_ENTRIES) {
        throw new Finding(
            Unfitness.UNSUPPORTED, "the index has %d entries, %d bytes".formatted(count, size));
      }
      if ((long) count * MIN_ENTRY_BYTES > size) {
        throw new Finding(Unfitness.UNSUPPORTED, "the index is shorter than its entries");
      }
    } catch (java.io.EOFException e) {
      throw new Finding(Unfitness.UNSUPPORTED, "the index is cut off");
    }
  }

  private static void check(DirCacheEntry entry) throws Finding {
    if (entry.getStage() != DirCacheEntry.STAGE_0) {
      throw new Finding(Unfitness.DIRTY, shown(entry) + " is in conflict");
    }
    if (entry.isIntentToAdd()) {
      throw new Finding(Unfitness.FLAGGED, shown(entry) + " is marked intent-to-add");
    }
    if (entry.isAssumeValid()) {
      throw new Finding(
          Unfitness.FLAGGED,
          shown(entry) + " is marked assume-unchanged: git update-index --no-assume-unchanged");
    }
    if (entry.isSkipWorkTree()) {
      throw new Finding(
          Unfitness.FLAGGED,
          shown(entry) + " is marked skip-worktree: git update-index --no-skip-worktree");
    }
    if (entry.getRawPath().length > MAX_PATH_BYTES) {
      throw new Finding(Unfitness.UNSUPPORTED, "path too long: " + shown(entry));
    }
    FileMode mode = entry.getFileMode();
    if (mode != FileMode.REGULAR_FILE
        && mode != FileMode.EXECUTABLE_FILE
        && mode != FileMode.SYMLINK
        && mode != FileMode.GITLINK) {
      throw new Finding(Unfitness.UNSUPPORTED, "unknown mode of " + shown(entry));
    }
  }

  int size() {
    return entries.length;
  }

  DirCacheEntry entry(int at) {
    return entries[at];
  }

  /** Where the entry of that path is, or {@code -(where it would be) - 1}. */
  int find(byte[] path) {
    int low = 0;
    int high = entries.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(entries[middle].getRawPath(), path);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }

  /** Whether an entry is below the folder of that path, which has no slash at its end. */
  boolean holdsBelow(byte[] folder) {
    byte[] prefix = Arrays.copyOf(folder, folder.length + 1);
    prefix[folder.length] = '/';
    int at = find(prefix);
    int first = at < 0 ? -at - 1 : at;
    return first < entries.length && startsWith(entries[first].getRawPath(), prefix);
  }

  private static boolean startsWith(byte[] path, byte[] prefix) {
    return path.length >= prefix.length
        && Arrays.equals(path, 0, prefix.length, prefix, 0, prefix.length);
  }

  static String shown(DirCacheEntry entry) {
    return RawNames.shown(entry.getRawPath());
  }
}
