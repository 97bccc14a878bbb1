package io.github.cachemesh.core.workflow;

/** Why a scan is not known to be what our inputs say; ends the search for it. */
final class Doubt extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MAX_NAME_LENGTH = 60;

  private final boolean unpinned;

  private Doubt(String message, boolean unpinned) {
    super(message);
    this.unpinned = unpinned;
  }

  static Doubt undeclared(int line, String why) {
    return new Doubt("line " + line + ": " + why, false);
  }

  static Doubt unpinned(int line, String why) {
    return new Doubt("line " + line + ": " + why, true);
  }

  GatedScan verdict(String path) {
    String why = path + ", " + getMessage();
    return unpinned ? new GatedScan.Unpinned(why) : new GatedScan.Undeclared(why);
  }

  /** A name out of the workflow as a message may hold it: one line, not long. */
  static String name(String text) {
    String printable = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
    return printable.length() <= MAX_NAME_LENGTH
        ? printable
        : printable.substring(0, MAX_NAME_LENGTH) + "...";
  }
}
