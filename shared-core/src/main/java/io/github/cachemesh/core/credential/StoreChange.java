package io.github.cachemesh.core.credential;

import java.io.IOException;

/** What an owner changes in one write: all of it or nothing. */
@FunctionalInterface
public interface StoreChange<T> {
  /**
   * Changes the store.
   *
   * @param editor good until this returns
   * @throws IOException to leave the store as it is
   */
  T apply(StoreEditor editor) throws IOException;
}
