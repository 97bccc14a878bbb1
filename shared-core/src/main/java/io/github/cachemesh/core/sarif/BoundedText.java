package io.github.cachemesh.core.sarif;

import java.io.Writer;

/** Gathers text up to a bound, and fails above it. */
final class BoundedText extends Writer {
  private final StringBuilder text = new StringBuilder();
  private final int maxCharacters;
  private final InvalidSarifException tooLarge;

  BoundedText(int maxCharacters, InvalidSarifException tooLarge) {
    this.maxCharacters = maxCharacters;
    this.tooLarge = tooLarge;
  }

  @Override
  public void write(char[] buffer, int offset, int length) throws InvalidSarifException {
    if (text.length() + length > maxCharacters) {
      throw tooLarge;
    }
    text.append(buffer, offset, length);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public String toString() {
    return text.toString();
  }
}
