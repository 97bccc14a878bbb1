package io.github.cachemesh.core.sarif;

import java.util.function.LongConsumer;

/**
 * GitHub's {@code primaryLocationLineHash} without its suffix: for each line the polynomial of base
 * 37, modulo 2^64, over the 100 UTF-16 code units from its start, which reach into the lines below.
 * Spaces and tabs do not count, {@code \r} and {@code \r\n} count as {@code \n}, and a file ends
 * with U+FFFF and as many zeros as the last line needs. Not thread-safe.
 */
final class RollingLineHash {
  private static final int WINDOW = 100;
  private static final long BASE = 37;
  private static final char END = '\uFFFF';

  /** What a unit weighs when it leaves the window. */
  private static final long LEAVING = power(BASE, WINDOW);

  /** Given the hashes of the lines from the first on. */
  private final LongConsumer sink;

  /** The last units; the oldest is at {@link #at}, where the next goes. */
  private final char[] window = new char[WINDOW];

  /** Whether the unit of {@link #window} is the first of a line. */
  private final boolean[] starts = new boolean[WINDOW];

  private int at;
  private long hash;
  private boolean atLineStart = true;
  private boolean afterReturn;

  RollingLineHash(LongConsumer sink) {
    this.sink = sink;
  }

  void accept(char unit) {
    // A space between the two makes them two line ends.
    boolean ended = afterReturn && unit == '\n';
    afterReturn = unit == '\r';
    if (!ended && unit != ' ' && unit != '\t') {
      push(afterReturn ? '\n' : unit);
    }
  }

  void end() {
    push(END);
    for (int i = 0; i < WINDOW; i++) {
      report();
      roll('\0');
    }
  }

  private void push(char unit) {
    report();
    starts[at] = atLineStart;
    atLineStart = unit == '\n';
    roll(unit);
  }

  /** The oldest unit of a full window leaves: if it starts a line, this is its hash. */
  private void report() {
    if (starts[at]) {
      starts[at] = false;
      sink.accept(hash);
    }
  }

  private void roll(char unit) {
    hash = hash * BASE + unit - window[at] * LEAVING;
    window[at] = unit;
    at = at + 1 == WINDOW ? 0 : at + 1;
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }
}
