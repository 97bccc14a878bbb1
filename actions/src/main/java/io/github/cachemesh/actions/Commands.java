package io.github.cachemesh.actions;

import java.io.PrintStream;

/**
 * What an action says to its runner on standard output. Each call writes whole lines at once, so
 * threads may share it.
 */
public final class Commands {
  private final PrintStream out;

  Commands(PrintStream out) {
    this.out = out;
  }

  /**
   * Has the runner hide this value in all later log lines. Call it before the value can be logged.
   *
   * <p>A value of several lines is masked in parts, see {@link MaskedParts}: the runner sees a log
   * line by line, and masking a lone brace would spoil every log. A blank value is ignored.
   */
  public void mask(String secret) {
    for (String part : MaskedParts.of(secret)) {
      issue("add-mask", "", part);
    }
  }

  public void notice(String message) {
    notice(message, Annotation.NONE);
  }

  public void notice(String message, Annotation where) {
    issue("notice", where.properties(), message);
  }

  public void warning(String message) {
    warning(message, Annotation.NONE);
  }

  public void warning(String message, Annotation where) {
    issue("warning", where.properties(), message);
  }

  public void error(String message) {
    error(message, Annotation.NONE);
  }

  public void error(String message, Annotation where) {
    issue("error", where.properties(), message);
  }

  /** Shown only when the workflow runs with debug logging. */
  public void debug(String message) {
    issue("debug", "", message);
  }

  /**
   * Plain text. Lines that the runner would take for commands are changed so that it does not: what
   * is logged may come from elsewhere.
   */
  public void info(String message) {
    StringBuilder lines = new StringBuilder();
    message
        .lines()
        .forEach(
            line -> {
              String inert = line.replace("##[", "## [");
              lines.append(inert.stripLeading().startsWith("::") ? "| " : "").append(inert);
              lines.append('\n');
            });
    write(lines.toString());
  }

  /** Folds what is logged until the group is closed. Groups do not nest. */
  public Group group(String title) {
    issue("group", "", title);
    return () -> issue("endgroup", "", "");
  }

  /** An open group of log lines. */
  public interface Group extends AutoCloseable {
    @Override
    void close();
  }

  private void issue(String name, String properties, String data) {
    write("::" + name + properties + "::" + CommandEscaping.data(data) + "\n");
  }

  private synchronized void write(String text) {
    out.print(text);
    out.flush();
  }
}
