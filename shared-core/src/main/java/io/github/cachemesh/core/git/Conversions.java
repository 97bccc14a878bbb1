package io.github.cachemesh.core.git;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file whose bytes are not its object's is what Git's checkout makes of the object by the
 * path's attributes. No filter is run: the content of Git LFS is known by its own hash, and any
 * other filter is a doubt.
 *
 * <p>Thread-safe; one file at a time, of at most 16 MiB.
 */
final class Conversions {
  private static final int MAX_TEXT_BYTES = 16 << 20;

  private final GitIndex index;
  private final Repository repository;
  private final GitObjects objects;
  private @Nullable Attributes attributes;

  Conversions(GitIndex index, Repository repository, GitObjects objects) {
    this.index = index;
    this.repository = repository;
    this.objects = objects;
  }

  /** Proves a file or finds what is wrong with it. */
  synchronized void prove(DirCacheEntry entry, String prefix, Path file, long size, FileHash hash)
      throws Finding, IOException {
    String name = prefix + GitIndex.shown(entry);
    Map<String, Attribute> found = attributes().of(entry.getRawPath());
    Attribute filter = found.get("filter");
    WorkTreeText text = new WorkTreeText(found, repository.getConfig());
    if (filter != null && filter.getState() == Attribute.State.CUSTOM) {
      if (!"lfs".equals(filter.getValue())) {
        throw new Finding(
            Unfitness.UNSUPPORTED,
            "%s has passed the filter %s, which is never run here"
                .formatted(name, RawNames.shown(String.valueOf(filter.getValue()))));
      }
      LfsPointer pointer = pointer(entry, name);
      if (pointer.size() != size || !pointer.sha256().equals(hash.sha256(file, size))) {
        throw changed(name);
      }
      return;
    }
    if (!text.changes()) {
      throw changed(name);
    }
    if (size > MAX_TEXT_BYTES) {
      throw new Finding(Unfitness.UNSUPPORTED, name + " is too large a text to be converted");
    }
    Optional<byte[]> object = objects.read(entry.getObjectId(), Constants.OBJ_BLOB, MAX_TEXT_BYTES);
    if (object.isEmpty()) {
      throw new Finding(Unfitness.UNSUPPORTED, "the object of " + name + " is not here");
    }
    if (!text.isCheckoutOf(
        object.get(), entry.getObjectId(), FileHash.read(file, MAX_TEXT_BYTES))) {
      throw changed(name);
    }
  }

  private LfsPointer pointer(DirCacheEntry entry, String name) throws Finding, CheckoutException {
    Optional<byte[]> object = objects.read(entry.getObjectId(), Constants.OBJ_BLOB, MAX_TEXT_BYTES);
    if (object.isEmpty()) {
      throw new Finding(Unfitness.UNSUPPORTED, "the object of " + name + " is not here");
    }
    return LfsPointer.parse(object.get()).orElseThrow(() -> changed(name));
  }

  private Attributes attributes() throws Finding, IOException {
    Attributes known = attributes;
    if (known == null) {
      Path info = repository.getCommonDirectory().toPath().resolve(Constants.INFO_ATTRIBUTES);
      known = new Attributes(index, objects, info);
      attributes = known;
    }
    return known;
  }

  private static Finding changed(String name) {
    return new Finding(Unfitness.DIRTY, name + " has other bytes than HEAD's");
  }
}
