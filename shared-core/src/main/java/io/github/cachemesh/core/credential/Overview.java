package io.github.cachemesh.core.credential;

import java.util.List;

/**
 * What everybody sees who has a store's file: all but values and keys. Immutable.
 *
 * @param writerProven whether it is certain whose store this is; otherwise the file is only whole
 *     and signed by whoever wrote it
 */
public record Overview(
    StoreId store,
    long generation,
    RollbackCheck rollback,
    boolean writerProven,
    StorePolicy policy,
    List<Holder> holders,
    List<Entry> entries) {
  public Overview {
    holders = List.copyOf(holders);
    entries = List.copyOf(entries);
  }
}
