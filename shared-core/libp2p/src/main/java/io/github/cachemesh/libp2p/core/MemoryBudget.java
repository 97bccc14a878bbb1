package io.github.cachemesh.libp2p.core;

/** A bound on memory that many share. Thread-safe; never blocks. */
public interface MemoryBudget {
  /**
   * @param bytes above 0
   * @return whether they are granted; each grant is to be given back by {@link #release}
   */
  boolean reserve(long bytes);

  void release(long bytes);

  /** Grants everything. */
  static MemoryBudget unbounded() {
    return new MemoryBudget() {
      @Override
      public boolean reserve(long bytes) {
        return true;
      }

      @Override
      public void release(long bytes) {}
    };
  }
}
