package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The proof of each tracked file by its bytes, its mode and, of a symbolic link, where it points;
 * whatever its size and times say.
 *
 * <p>Thread-safe.
 */
final class TrackedFiles {
  private final Path top;
  private final GitIndex index;
  private final Scope scope;
  private final String prefix;
  private final Conversions conversions;
  private final Map<Integer, String> converted = new ConcurrentHashMap<>();

  /**
   * @param prefix of {@code top}'s paths in {@code scope}
   */
  TrackedFiles(Path top, GitIndex index, Scope scope, String prefix, Conversions conversions) {
    this.top = top;
    this.index = index;
    this.scope = scope;
    this.prefix = prefix;
    this.conversions = conversions;
  }

  /** By position: SHA-256 of each file that a checkout made of its object, where they differ. */
  Map<Integer, String> converted() {
    return converted;
  }

  /** Proves all but submodules. */
  void prove(int at, FileHash hash) throws Finding {
    DirCacheEntry entry = index.entry(at);
    FileMode mode = entry.getFileMode();
    if (mode == FileMode.GITLINK) {
      return;
    }
    Path file = RawNames.resolve(top, entry.getRawPath());
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (mode == FileMode.SYMLINK) {
        proveLink(entry, file, attributes, hash);
      } else {
        proveFile(at, entry, file, attributes, hash);
      }
    } catch (NoSuchFileException e) {
      throw dirty(entry, "is missing");
    } catch (CheckoutException e) {
      throw new Finding(e.reason(), prefix + GitIndex.shown(entry) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new Finding(
          Unfitness.DIRTY,
          prefix + GitIndex.shown(entry) + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private void proveLink(
      DirCacheEntry entry, Path file, PosixFileAttributes attributes, FileHash hash)
      throws Finding, IOException {
    if (!attributes.isSymbolicLink()) {
      throw dirty(entry, "is not a symbolic link");
    }
    byte[] target = RawNames.bytes(Files.readSymbolicLink(file));
    if (target.length != attributes.size()) {
      // Java drops doubled slashes and one at the end.
      throw new Finding(
          Unfitness.UNSUPPORTED,
          prefix + GitIndex.shown(entry) + " points at a name with needless slashes");
    }
    if (!entry.getObjectId().equals(ObjectId.fromRaw(hash.blob(target)))) {
      throw dirty(entry, "points elsewhere");
    }
    if (!scope.isInSource(prefix + new String(entry.getRawPath(), StandardCharsets.UTF_8))) {
      return;
    }
    if (!LinkTarget.isProven(entry.getRawPath(), target, index, scope, prefix)) {
      throw new Finding(
          Unfitness.UNSUPPORTED,
          prefix
              + GitIndex.shown(entry)
              + " points at what is not proven: "
              + RawNames.shown(target));
    }
  }

  private void proveFile(
      int at, DirCacheEntry entry, Path file, PosixFileAttributes attributes, FileHash hash)
      throws Finding, IOException {
    if (!attributes.isRegularFile()) {
      throw dirty(entry, "is not a regular file");
    }
    boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    if (executable != (entry.getFileMode() == FileMode.EXECUTABLE_FILE)) {
      throw dirty(entry, executable ? "is executable" : "is not executable");
    }
    long size = attributes.size();
    byte[] id = hash.blob(file, size);
    if (!ObjectId.fromRaw(id).equals(entry.getObjectId())) {
      conversions.prove(entry, prefix, file, size, hash);
      converted.put(at, hash.sha256(file, size));
    } else if (LfsPointer.isLikely(hash.beginning(), hash.available(), size)) {
      throw new Finding(
          Unfitness.MISSING_LFS,
          prefix + GitIndex.shown(entry) + " is a pointer of Git LFS: check out with lfs: true");
    }
  }

  private Finding dirty(DirCacheEntry entry, String how) {
    return new Finding(Unfitness.DIRTY, prefix + GitIndex.shown(entry) + " " + how);
  }
}
