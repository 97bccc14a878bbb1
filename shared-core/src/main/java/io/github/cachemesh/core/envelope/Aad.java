package io.github.cachemesh.core.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/**
 * What a box or a key is bound to: a list of fields, each written as its length (32 bits,
 * big-endian) and its bytes, so that no two lists are the same bytes. Nothing in it is secret.
 * Immutable.
 */
public final class Aad {
  /** All fields together, with their lengths. */
  public static final int MAX_BYTES = 1 << 16;

  private static final Aad NONE = new Aad(new byte[0]);

  private final byte[] bytes;

  private Aad(byte[] bytes) {
    this.bytes = bytes;
  }

  /** No field, which is no byte: for boxes of formats that bind to nothing. */
  public static Aad none() {
    return NONE;
  }

  /**
   * Fields of text, as UTF-8.
   *
   * @throws IllegalArgumentException as {@link #and(String)}
   */
  public static Aad of(String... fields) {
    Aad all = NONE;
    for (String field : fields) {
      all = all.and(field);
    }
    return all;
  }

  /**
   * These fields and one of text, as UTF-8.
   *
   * @throws IllegalArgumentException when it has half a surrogate pair, for which UTF-8 has no
   *     bytes, or all are longer than {@link #MAX_BYTES}
   */
  public Aad and(String field) {
    try {
      ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(field));
      return and(Arrays.copyOf(encoded.array(), encoded.limit()));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a field has half a surrogate pair", e);
    }
  }

  /**
   * These fields and a number, as 64 bits, big-endian.
   *
   * @throws IllegalArgumentException when all are longer than {@link #MAX_BYTES}
   */
  public Aad and(long field) {
    return and(ByteBuffer.allocate(Long.BYTES).putLong(field).array());
  }

  /**
   * These fields and one of bytes.
   *
   * @throws IllegalArgumentException when all are longer than {@link #MAX_BYTES}
   */
  public Aad and(byte[] field) {
    long length = (long) bytes.length + Integer.BYTES + field.length;
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the fields have %d bytes; %d are allowed".formatted(length, MAX_BYTES));
    }
    return new Aad(
        ByteBuffer.allocate((int) length).put(bytes).putInt(field.length).put(field).array());
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
