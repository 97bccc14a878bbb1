package io.github.cachemesh.core.credential;

import io.github.cachemesh.core.credential.StoreRefusedException.Fault;
import io.github.cachemesh.core.store.ExclusiveFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The file that a store is in. It is replaced as a whole or not at all, by one writer at a time
 * under a lock beside it ({@code .lock}), and is never touched when it, or a change, is refused.
 * Thread-safe.
 *
 * <p>Bounds: 16 MiB, 10,000 versions of values, 1,000 scopes, 1,000 holders of which 4 have
 * passphrases; a writer waits at most 30 seconds for others of its process, and as long for other
 * processes.
 */
public final class SealedStore {
  /** What the file is called where nobody says otherwise. */
  public static final String FILE_NAME = "credentials.cmstore";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Duration patience;

  /**
   * @param file need not exist before {@link #create}
   */
  public SealedStore(Path file, SecureRandom random, InstantSource clock) {
    this(file, random, clock, PATIENCE);
  }

  SealedStore(Path file, SecureRandom random, InstantSource clock, Duration patience) {
    this.file = file;
    this.random = random;
    this.clock = clock;
    this.patience = patience;
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * Makes an empty store with one owner, of generation 1.
   *
   * @param name of the owner, as {@link Holder#name}
   * @return its id, which everybody who opens it should know: {@link KeyText#of}
   * @throws StoreRefusedException {@link Fault#EXISTS} when the file is there
   * @throws IOException when it cannot be written
   */
  public StoreId create(String name, KeyTarget owner, StorePolicy policy) throws IOException {
    StoreFile target = StoreFile.of(file, clock);
    try (ExclusiveFile.Held _ = StoreLock.acquire(target.path(), patience);
        KeyTable keys = KeyTable.fresh(random)) {
      target.checkAbsent();
      keys.addOwner(name, owner);
      target.create(keys.manifest(1, policy, new TreeMap<>(Manifest.IDS)), keys.signingKey());
      return keys.store();
    }
  }

  /**
   * What can be seen without a key.
   *
   * @throws StoreRefusedException when the file is not whole, not signed, or not what the anchor
   *     says
   * @throws IOException when it cannot be read
   */
  public Overview overview(Anchor anchor) throws IOException {
    StoreFile source = StoreFile.of(file, clock);
    RollbackGuard.Checked checked = guard(anchor, source).read(source);
    Manifest manifest = checked.read().manifest();
    return manifest.overview(checked.rollback(), anchor.store().isPresent());
  }

  /**
   * Opens it with a key that somebody was given. Whose store it is must be known from the key
   * ({@link KeySource#store}) or the anchor: others who have the same key could otherwise put one
   * of their own in its place.
   *
   * @param key which stays the caller's
   * @return what the caller closes; it does not follow later changes
   * @throws StoreRefusedException when the file or the key is refused
   * @throws IOException when it cannot be read
   */
  public OpenedStore open(KeySource key, Anchor anchor) throws IOException {
    return open(key, anchor, false);
  }

  /**
   * Opens it with an owner's key, which nobody but owners has, and which so tells whose store it
   * is; an age identity does not.
   *
   * @param key which stays the caller's
   * @return what the caller closes; it does not follow later changes
   * @throws StoreRefusedException when the file or the key is refused
   * @throws IOException when it cannot be read
   */
  public OpenedStore openAsOwner(KeySource key, Anchor anchor) throws IOException {
    return open(key, anchor, true);
  }

  private OpenedStore open(KeySource key, Anchor anchor, boolean asOwner) throws IOException {
    StoreFile source = StoreFile.of(file, clock);
    RollbackGuard guard = guard(anchor, source);
    RollbackGuard.Checked checked = guard.read(source);
    StoreFile.Read read = checked.read();
    UnlockedKeys keys = unlock(read, key, anchor, asOwner);
    try {
      if (asOwner && !keys.slot().isOwner()) {
        throw KeyTable.notOwner(keys.slot().name());
      }
      guard.remember(read);
      return new OpenedStore(read, keys, checked.rollback(), clock);
    } catch (IOException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  private static UnlockedKeys unlock(
      StoreFile.Read read, KeySource key, Anchor anchor, boolean asOwner) throws IOException {
    RollbackGuard.checkStore(read, key.store());
    boolean pinned = key.store().isPresent() || anchor.store().isPresent();
    if (!pinned && !(asOwner && key.provesMaker())) {
      throw read.refused(
          Fault.UNPINNED,
          "the key does not say whose store it is for: give it as cachemesh-key:STORE:SECRET, or"
              + " say the store's id, as its owner knows it");
    }
    return UnlockedKeys.unlock(read, key);
  }

  /**
   * Changes it as an owner, as {@link #openAsOwner} opens it. Nothing is written when nothing
   * changed.
   *
   * @return what the change returned, once it outlives a crash
   * @throws StoreRefusedException when the file, the key or the change is refused, or somebody else
   *     writes for longer than is waited
   * @throws IOException when it cannot be read or written
   */
  public <T> T change(KeySource owner, Anchor anchor, StoreChange<T> change) throws IOException {
    StoreFile target = StoreFile.of(file, clock);
    RollbackGuard guard = guard(anchor, target);
    try (ExclusiveFile.Held _ = StoreLock.acquire(target.path(), patience)) {
      StoreFile.Read read = target.read();
      RollbackCheck rollback = guard.check(read);
      try (KeyTable keys = keys(read, owner, anchor)) {
        long next = next(read, read.manifest().generation());
        StoreEditor editor = new StoreEditor(read.manifest(), keys, next, rollback, random, clock);
        T result = change.apply(editor);
        if (editor.hasChanged()) {
          guard.remember(target.replace(editor.manifest(), keys.signingKey()));
        }
        return result;
      }
    }
  }

  private KeyTable keys(StoreFile.Read read, KeySource owner, Anchor anchor) throws IOException {
    return KeyTable.of(read.manifest(), unlock(read, owner, anchor, true), random);
  }

  private static long next(StoreFile.Read read, long generation) throws StoreRefusedException {
    if (generation >= StoreFormat.MAX_GENERATION) {
      throw read.refused(Fault.OUT_OF_BOUNDS, "it has had as many generations as there are");
    }
    return generation + 1;
  }

  /**
   * Copies it as it is at one moment, also while others write.
   *
   * @param target is replaced
   * @return the generation of the copy
   * @throws StoreRefusedException when the file is refused
   * @throws IOException when it cannot be read or the copy cannot be written
   */
  public long backUp(Path target, Anchor anchor) throws IOException {
    StoreFile source = StoreFile.of(file, clock);
    StoreFile.Read read = guard(anchor, source).read(source).read();
    source.copyTo(target, read);
    return read.manifest().generation();
  }

  /**
   * Puts a copy of this store in its place, with a generation above all that were seen: what was
   * written since is given up, and the anchors go on to hold. A file in its place that is damaged
   * is replaced.
   *
   * @param backup a copy; it is only read
   * @param anchor of which the copy may be older than the generation
   * @return the generation that it has now
   * @throws StoreRefusedException when the copy is damaged or of another store than the one in its
   *     place, or the key is not its owner's
   * @throws IOException when it cannot be read or written
   */
  public long restore(Path backup, KeySource owner, Anchor anchor) throws IOException {
    StoreFile target = StoreFile.of(file, clock);
    RollbackGuard guard = guard(anchor, target);
    StoreFile.Read copy = StoreFile.of(backup, clock).read();
    try (ExclusiveFile.Held _ = StoreLock.acquire(target.path(), patience)) {
      RollbackGuard.checkStore(copy, anchor.store());
      Optional<Manifest> current = target.readIfWhole().map(StoreFile.Read::manifest);
      RollbackGuard.checkStore(copy, current.map(Manifest::store));
      long seen =
          Math.max(
              current.map(Manifest::generation).orElse(0L),
              guard.leastGeneration(copy.manifest().store()));
      long next = next(copy, Math.max(copy.manifest().generation(), seen));
      try (KeyTable keys = keys(copy, owner, anchor)) {
        Manifest restored =
            keys.manifest(next, copy.manifest().policy(), copy.manifest().records());
        guard.remember(target.replace(restored, keys.signingKey()));
        return next;
      }
    }
  }

  private RollbackGuard guard(Anchor anchor, StoreFile store) throws StoreRefusedException {
    return new RollbackGuard(anchor, store.path(), patience, clock);
  }

  /** Whether the file is another one now, or cannot be seen. */
  public boolean hasChangedSince(OpenedStore opened) {
    try {
      return !StoreFile.Stamp.of(file).equals(opened.stamp());
    } catch (IOException _) {
      return true;
    }
  }
}
