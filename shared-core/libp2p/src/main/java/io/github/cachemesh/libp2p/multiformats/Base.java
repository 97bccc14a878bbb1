package io.github.cachemesh.libp2p.multiformats;

import java.util.Locale;

/**
 * The bases of multibase that libp2p meets, without padding; each gives every byte string exactly
 * one text.
 *
 * <p>Bases whose alphabet has one case read either case. Text and bytes are bounded by {@link
 * #MAX_BYTES}, since base 36 and base 58 take quadratic time.
 */
@SuppressWarnings("ImmutableEnumChecker") // An alphabet does not change.
public enum Base {
  BASE16('f', "0123456789abcdef"),
  BASE16_UPPER('F', "0123456789ABCDEF"),
  BASE32('b', "abcdefghijklmnopqrstuvwxyz234567"),
  BASE32_UPPER('B', "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
  BASE36('k', "0123456789abcdefghijklmnopqrstuvwxyz"),
  BASE36_UPPER('K', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  /** The alphabet of Bitcoin; peer ids are usually shown in it. */
  BASE58BTC('z', "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"),
  BASE64('m', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
  BASE64URL('u', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

  /** The most bytes that are encoded or decoded. */
  public static final int MAX_BYTES = 1024;

  private final char prefix;
  private final BaseAlphabet alphabet;

  Base(char prefix, String digits) {
    this.prefix = prefix;
    boolean oneCase =
        digits.equals(digits.toLowerCase(Locale.ROOT))
            || digits.equals(digits.toUpperCase(Locale.ROOT));
    this.alphabet = new BaseAlphabet(digits, oneCase);
  }

  /** The character that multibase puts in front. */
  public char prefix() {
    return prefix;
  }

  /**
   * The text of {@code bytes}, without multibase's prefix.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_BYTES}
   */
  public String encode(byte[] bytes) {
    requireAtMost(MAX_BYTES, bytes.length, "bytes");
    return alphabet.isPowerOfTwo()
        ? BitGroups.encode(bytes, alphabet)
        : Radix.encode(bytes, alphabet);
  }

  /**
   * The bytes of {@code text}, which has no prefix.
   *
   * @throws IllegalArgumentException if a character is not of this base, the text is not what
   *     {@link #encode} gives, or it stands for more than {@link #MAX_BYTES}
   */
  public byte[] decode(String text) {
    requireAtMost(2 * MAX_BYTES, text.length(), "characters");
    byte[] bytes =
        alphabet.isPowerOfTwo() ? BitGroups.decode(text, alphabet) : Radix.decode(text, alphabet);
    requireAtMost(MAX_BYTES, bytes.length, "bytes");
    return bytes;
  }

  private void requireAtMost(int bound, int length, String unit) {
    if (length > bound) {
      throw new IllegalArgumentException(
          this + " of " + length + " " + unit + ", at most " + bound + " are allowed");
    }
  }
}
