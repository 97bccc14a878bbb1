package io.github.cachemesh.core.credential;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * The file that a store is in. It is replaced as a whole or not at all, by one writer at a time
 * under a lock beside it ({@code .lock}), and is never touched when it, or a change, is refused.
 * Thread-safe.
 *
 * <p>Bounds: 16 MiB, 10,000 records, 1,000 scopes, 1,000 holders of which 4 have passphrases; a
 * writer waits at most 30 seconds for another.
 */
public final class SealedStore {
  /** What the file is called where nobody says otherwise. */
  public static final String FILE_NAME = "credentials.cmstore";

  /**
   * @param file need not exist before {@link #create}
   */
  public SealedStore(Path file, SecureRandom random, InstantSource clock) {
    throw new UnsupportedOperationException();
  }

  /** Where it is. */
  public Path file() {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes an empty store with one owner.
   *
   * @param name of the owner, as {@link Holder#name}
   * @return its id, which everybody who opens it should know: {@link KeyText#of}
   * @throws StoreRefusedException {@link StoreRefusedException.Fault#EXISTS} when the file is there
   * @throws IOException when it cannot be written
   */
  public StoreId create(String name, KeyTarget owner, StorePolicy policy) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * What can be seen without a key.
   *
   * @throws StoreRefusedException when the file is not whole, not signed, or not what the anchor
   *     says
   * @throws IOException when it cannot be read
   */
  public Overview overview(Anchor anchor) throws IOException {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /**
   * Changes it as an owner, as {@link #openAsOwner} opens it. Nothing is written when nothing
   * changed.
   *
   * @return what the change returned, once it outlives a crash
   * @throws StoreRefusedException when the file, the key or the change is refused, or somebody else
   *     writes for longer than 30 seconds
   * @throws IOException when it cannot be read or written
   */
  public <T> T change(KeySource owner, Anchor anchor, StoreChange<T> change) throws IOException {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }

  /**
   * Puts a copy of this store in its place, with a generation above all that were seen: what was
   * written since is given up, and the anchors go on to hold.
   *
   * @param backup a copy; it is only read
   * @param anchor of which the copy may be older than the generation
   * @return the generation that it has now
   * @throws StoreRefusedException when the copy is damaged or of another store than the one in its
   *     place, or the key is not its owner's
   * @throws IOException when it cannot be read or written
   */
  public long restore(Path backup, KeySource owner, Anchor anchor) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Whether the file is another one now; false also when it cannot be seen. */
  public boolean hasChangedSince(OpenedStore opened) {
    throw new UnsupportedOperationException();
  }
}
