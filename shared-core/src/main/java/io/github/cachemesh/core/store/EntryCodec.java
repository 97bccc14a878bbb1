package io.github.cachemesh.core.store;

/**
 * What {@link EntryFiles} has to know of entries. Thread-safe.
 *
 * @param <T> an entry without its body
 */
public interface EntryCodec<T> {
  /** The name that this entry, and no other, has. */
  EntryName name(T entry);

  /** The SHA-256 of the entry's body in lower-case hexadecimal digits. */
  String bodySha256(T entry);

  /** At most {@link EntryFormat#MAX_METADATA_BYTES}. */
  byte[] encode(T entry);

  /**
   * @throws IllegalArgumentException where {@code metadata} is not what {@link #encode} gives
   */
  T decode(byte[] metadata);
}
