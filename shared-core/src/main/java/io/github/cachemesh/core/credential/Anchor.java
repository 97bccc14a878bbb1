package io.github.cachemesh.core.credential;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a store from elsewhere than its folder. Without it an old copy of the whole
 * folder is as good as the newest. Immutable.
 */
public final class Anchor {
  private static final Anchor NONE = new Anchor(null, 0, null);

  private final @Nullable StoreId store;
  private final long minGeneration;
  private final @Nullable Path stateFolder;

  private Anchor(@Nullable StoreId store, long minGeneration, @Nullable Path stateFolder) {
    this.store = store;
    this.minGeneration = minGeneration;
    this.stateFolder = stateFolder;
  }

  /** Nothing is known. */
  public static Anchor none() {
    return NONE;
  }

  /** And it is that store. */
  public Anchor store(StoreId expected) {
    return new Anchor(expected, minGeneration, stateFolder);
  }

  /**
   * And it has at least that generation.
   *
   * @throws IllegalArgumentException when it is not positive
   */
  public Anchor atLeast(long generation) {
    if (generation < 1) {
      throw new IllegalArgumentException("a generation is positive, not " + generation);
    }
    return new Anchor(store, generation, stateFolder);
  }

  /**
   * And a folder remembers the newest generation that this host has seen of each store; it is
   * written whenever a newer one is opened.
   *
   * @param folder outside of the store's folder, so that they are not copied back together; it is
   *     made where it is missing
   */
  public Anchor hostState(Path folder) {
    return new Anchor(store, minGeneration, folder);
  }

  Optional<StoreId> store() {
    return Optional.ofNullable(store);
  }

  /** 0 when none is known. */
  long minGeneration() {
    return minGeneration;
  }

  Optional<Path> stateFolder() {
    return Optional.ofNullable(stateFolder);
  }
}
