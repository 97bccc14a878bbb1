package io.github.cachemesh.libp2p.protocol;

/**
 * Messages of one kind as bytes. Thread-safe.
 *
 * @param <T> immutable
 */
public interface Codec<T> {
  /** Bound on a message's bytes. */
  int maxBytes();

  byte[] encode(T message);

  /**
   * @throws IllegalArgumentException if the bytes are no such message; the text says what is wrong
   *     and repeats nothing of them
   */
  T decode(byte[] bytes);
}
