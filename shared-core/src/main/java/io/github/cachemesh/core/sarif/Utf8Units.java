package io.github.cachemesh.core.sarif;

/**
 * Decodes UTF-8 to UTF-16 code units as the Encoding standard's "UTF-8 decode without BOM" does,
 * and with it Node: each maximal part of an invalid sequence is one U+FFFD and a byte order mark is
 * a character. The JDK's decoder counts an encoded surrogate once where the standard counts thrice.
 * Not thread-safe.
 */
final class Utf8Units {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int LEAST_CONTINUATION = 0x80;
  private static final int MOST_CONTINUATION = 0xBF;

  /** Takes the code units in their order. */
  @FunctionalInterface
  interface Sink {
    void accept(char unit);
  }

  private final Sink sink;

  private int codePoint;
  private int missing;

  /** The range of the next byte, narrower after some first bytes. */
  private int least = LEAST_CONTINUATION;

  private int most = MOST_CONTINUATION;

  Utf8Units(Sink sink) {
    this.sink = sink;
  }

  void accept(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      accept(Byte.toUnsignedInt(bytes[i]));
    }
  }

  /** Ends the text; a sequence that is not complete is one U+FFFD. */
  void end() {
    if (missing > 0) {
      reset();
      sink.accept(REPLACEMENT);
    }
  }

  private void accept(int value) {
    if (missing > 0) {
      if (value >= least && value <= most) {
        continued(value);
        return;
      }
      end();
    }
    started(value);
  }

  private void continued(int value) {
    codePoint = codePoint << 6 | value & 0x3F;
    int left = missing - 1;
    reset();
    missing = left;
    if (left == 0) {
      emit();
    }
  }

  private void started(int value) {
    if (value < 0x80) {
      sink.accept((char) value);
    } else if (value >= 0xC2 && value <= 0xDF) {
      begin(value & 0x1F, 1);
    } else if (value >= 0xE0 && value <= 0xEF) {
      begin(value & 0xF, 2);
      least = value == 0xE0 ? 0xA0 : LEAST_CONTINUATION;
      most = value == 0xED ? 0x9F : MOST_CONTINUATION;
    } else if (value >= 0xF0 && value <= 0xF4) {
      begin(value & 0x7, 3);
      least = value == 0xF0 ? 0x90 : LEAST_CONTINUATION;
      most = value == 0xF4 ? 0x8F : MOST_CONTINUATION;
    } else {
      sink.accept(REPLACEMENT);
    }
  }

  private void begin(int bits, int following) {
    codePoint = bits;
    missing = following;
  }

  private void reset() {
    missing = 0;
    least = LEAST_CONTINUATION;
    most = MOST_CONTINUATION;
  }

  private void emit() {
    if (Character.isBmpCodePoint(codePoint)) {
      sink.accept((char) codePoint);
    } else {
      sink.accept(Character.highSurrogate(codePoint));
      sink.accept(Character.lowSurrogate(codePoint));
    }
  }
}
