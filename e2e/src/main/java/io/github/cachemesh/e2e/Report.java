package io.github.cachemesh.e2e;

import java.io.PrintStream;

/** What was shown, a line each as it comes, and how much of it was wrong. For one thread. */
public final class Report {
  private static final int WIDTH = 46;

  private final PrintStream out;
  private int shown;
  private int wrong;

  public Report(PrintStream out) {
    this.out = out;
  }

  public void heading(String text) {
    out.println();
    out.println(text);
  }

  /** A fact and whether it was seen. */
  public void fact(String what, boolean seen, String detail) {
    shown++;
    if (!seen) {
      wrong++;
    }
    out.printf("  %-5s %-" + WIDTH + "s %s%n", seen ? "ok" : "WRONG", what, detail);
  }

  /** That something is what it must be. */
  public void same(String what, Object expected, Object found) {
    fact(
        what,
        expected.equals(found),
        expected.equals(found)
            ? found.toString()
            : "expected %s, found %s".formatted(expected, found));
  }

  /** Something that is no fact, such as a log to look at. */
  public void note(String text) {
    out.print(text.indent(8));
  }

  public int shown() {
    return shown;
  }

  public int wrong() {
    return wrong;
  }
}
