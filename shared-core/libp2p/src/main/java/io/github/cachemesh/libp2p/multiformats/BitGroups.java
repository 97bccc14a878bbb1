package io.github.cachemesh.libp2p.multiformats;

/**
 * Bases 16, 32 and 64 (RFC 4648 without padding): each digit is a group of 4, 5 or 6 bits, and the
 * bits left over at the end are zero.
 */
final class BitGroups {
  private BitGroups() {}

  static String encode(byte[] bytes, BaseAlphabet alphabet) {
    int width = width(alphabet);
    StringBuilder text = new StringBuilder((bytes.length * 8 + width - 1) / width);
    int buffer = 0;
    int bits = 0;
    for (byte next : bytes) {
      buffer = buffer << 8 | (next & 0xff);
      bits += 8;
      while (bits >= width) {
        bits -= width;
        text.append(alphabet.digit(buffer >>> bits));
        buffer &= (1 << bits) - 1;
      }
    }
    if (bits > 0) {
      text.append(alphabet.digit(buffer << (width - bits)));
    }
    return text.toString();
  }

  static byte[] decode(String text, BaseAlphabet alphabet) {
    int width = width(alphabet);
    byte[] bytes = new byte[text.length() * width / 8];
    int length = 0;
    int buffer = 0;
    int bits = 0;
    for (int index = 0; index < text.length(); index++) {
      buffer = buffer << width | alphabet.value(text.charAt(index));
      bits += width;
      if (bits >= 8) {
        bits -= 8;
        bytes[length++] = (byte) (buffer >>> bits);
        buffer &= (1 << bits) - 1;
      }
    }
    if (bits >= width || buffer != 0) {
      throw new IllegalArgumentException(
          "text of base " + alphabet.size() + " does not end at a byte");
    }
    return bytes;
  }

  private static int width(BaseAlphabet alphabet) {
    return Integer.numberOfTrailingZeros(alphabet.size());
  }
}
