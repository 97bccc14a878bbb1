package io.github.cachemesh.core.store;

/** What came of reading an entry's file. */
public sealed interface Reading<V> {
  /** The file is whole. */
  record Found<V>(V value) implements Reading<V> {}

  /** There is no such file. */
  record Absent<V>() implements Reading<V> {}

  /** The file is not what was once written under its name. */
  record Damaged<V>(String reason) implements Reading<V> {}

  /** The file was written by a later version of this program, which alone knows what it means. */
  record Newer<V>() implements Reading<V> {}
}
