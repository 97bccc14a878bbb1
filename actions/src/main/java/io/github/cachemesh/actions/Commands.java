package io.github.cachemesh.actions;

import java.io.PrintStream;
import java.util.Collection;
import java.util.List;

/**
 * What an action says to its runner on standard output. Each call writes whole lines at once, so
 * threads may share it.
 */
public final class Commands {
  private final PrintStream out;
  private final boolean act;

  Commands(PrintStream out, RunnerKind kind) {
    this.out = out;
    this.act = kind instanceof RunnerKind.Act || kind instanceof RunnerKind.ActHost;
  }

  /**
   * Has the runner hide this value in all later log lines. Call it before the value can be logged.
   * A blank value is ignored.
   *
   * @throws ActionFailure when the runner does not read what is written any more
   */
  public void mask(String secret) {
    mask(List.of(secret));
  }

  /**
   * Hides several values, which together is safer than one after the other where one of them is
   * part of another.
   *
   * <p>They are masked in parts, see {@link MaskedParts}: the runner sees a log line by line.
   *
   * @throws ActionFailure when the runner does not read what is written any more
   */
  public void mask(Collection<String> secrets) {
    StringBuilder masks = new StringBuilder();
    for (String part : MaskedParts.of(secrets, act)) {
      masks.append(command("add-mask", "", part));
    }
    write(masks.toString());
    if (out.checkError()) {
      throw new ActionFailure(
          "The runner does not read this action's output, so nothing can be masked.",
          "Run the job again; nothing was handed to it.");
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
    write(command(name, properties, data));
  }

  private static String command(String name, String properties, String data) {
    return "::" + name + properties + "::" + CommandEscaping.data(data) + "\n";
  }

  private synchronized void write(String text) {
    out.print(text);
    out.flush();
  }
}
