package io.github.cachemesh.e2e.codeql;

import java.io.PrintStream;

/** What was shown, a line each as it comes, and how much of it was wrong. For one thread. */
final class Report {
  private static final int WIDTH = 46;

  private final PrintStream out;
  private int shown;
  private int wrong;

  Report(PrintStream out) {
    this.out = out;
  }

  void heading(String text) {
    out.println();
    out.println(text);
  }

  /** A fact and whether it was seen. */
  void fact(String what, boolean seen, String detail) {
    shown++;
    if (!seen) {
      wrong++;
    }
    out.printf("  %-5s %-" + WIDTH + "s %s%n", seen ? "ok" : "WRONG", what, detail);
  }

  /** Something that is no fact, such as a log to look at. */
  void note(String text) {
    out.print(text.indent(8));
  }

  int shown() {
    return shown;
  }

  int wrong() {
    return wrong;
  }
}
