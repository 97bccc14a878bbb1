package io.github.cachemesh.core.cli;

import java.io.IOException;
import java.util.Optional;

/** The person at a command, where there is one. */
interface Terminal {
  /** The longest answer, in bytes. */
  int MAX_ANSWER_BYTES = 4096;

  /**
   * Asks for a secret, which is not shown while it is typed.
   *
   * @return what was typed, without the line's end, which the caller zeroes; empty when nobody is
   *     there
   * @throws IOException when the terminal cannot hide what is typed, or the answer is too long
   */
  Optional<byte[]> ask(String question) throws IOException;

  /** Whether what is printed is seen by somebody, and not read by a program or kept in a file. */
  boolean isShown();

  /** Nobody is there. */
  static Terminal none() {
    return new Terminal() {
      @Override
      public Optional<byte[]> ask(String question) {
        return Optional.empty();
      }

      @Override
      public boolean isShown() {
        return false;
      }
    };
  }
}
