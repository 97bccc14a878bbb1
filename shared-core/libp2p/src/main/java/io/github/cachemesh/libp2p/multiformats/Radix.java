package io.github.cachemesh.libp2p.multiformats;

import java.util.Arrays;

/**
 * Bases 36 and 58: the bytes are one big number, and each zero byte in front is one zero digit.
 *
 * <p>Time is quadratic in the length, which the caller bounds.
 */
final class Radix {
  private Radix() {}

  static String encode(byte[] bytes, BaseAlphabet alphabet) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    int[] number = new int[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      number[index] = bytes[index] & 0xff;
    }
    StringBuilder reversed = new StringBuilder(2 * bytes.length);
    int start = zeros;
    while (start < number.length) {
      reversed.append(alphabet.digit(divide(number, start, 256, alphabet.size())));
      start = skipZeros(number, start);
    }
    reversed.repeat(alphabet.digit(0), zeros);
    return reversed.reverse().toString();
  }

  static byte[] decode(String text, BaseAlphabet alphabet) {
    int[] number = new int[text.length()];
    for (int index = 0; index < number.length; index++) {
      number[index] = alphabet.value(text.charAt(index));
    }
    int zeros = skipZeros(number, 0);
    byte[] bytes = new byte[number.length];
    int end = bytes.length;
    int start = zeros;
    while (start < number.length) {
      bytes[--end] = (byte) divide(number, start, alphabet.size(), 256);
      start = skipZeros(number, start);
    }
    return Arrays.copyOfRange(bytes, end - zeros, bytes.length);
  }

  /** Divides the number, whose digits are in base {@code from}, and returns the remainder. */
  private static int divide(int[] number, int start, int from, int divisor) {
    int remainder = 0;
    for (int index = start; index < number.length; index++) {
      int digit = remainder * from + number[index];
      number[index] = digit / divisor;
      remainder = digit % divisor;
    }
    return remainder;
  }

  private static int skipZeros(int[] number, int start) {
    int index = start;
    while (index < number.length && number[index] == 0) {
      index++;
    }
    return index;
  }
}
