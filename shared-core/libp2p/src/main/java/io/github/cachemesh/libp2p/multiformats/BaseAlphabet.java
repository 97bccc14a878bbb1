package io.github.cachemesh.libp2p.multiformats;

import java.util.Arrays;

/** The digits of a base, in ASCII, and the value of each. */
final class BaseAlphabet {
  private final String digits;
  private final byte[] values = new byte[128];

  /**
   * @param anyCase whether letters are read in either case
   */
  BaseAlphabet(String digits, boolean anyCase) {
    this.digits = digits;
    Arrays.fill(values, (byte) -1);
    for (int value = 0; value < digits.length(); value++) {
      char digit = digits.charAt(value);
      values[digit] = (byte) value;
      if (anyCase) {
        values[Character.toLowerCase(digit)] = (byte) value;
        values[Character.toUpperCase(digit)] = (byte) value;
      }
    }
  }

  int size() {
    return digits.length();
  }

  boolean isPowerOfTwo() {
    return Integer.bitCount(size()) == 1;
  }

  char digit(int value) {
    return digits.charAt(value);
  }

  int value(char digit) {
    int value = digit < values.length ? values[digit] : -1;
    if (value < 0) {
      throw new IllegalArgumentException(
          String.format("character U+%04X is not of base %d", (int) digit, size()));
    }
    return value;
  }
}
