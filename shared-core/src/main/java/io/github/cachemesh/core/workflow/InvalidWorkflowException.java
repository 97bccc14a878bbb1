package io.github.cachemesh.core.workflow;

/** A workflow's text cannot be understood; the message names file and line. */
public final class InvalidWorkflowException extends Exception {
  private static final long serialVersionUID = 1;

  private final int line;

  InvalidWorkflowException(String path, int line, String problem) {
    super(path + ":" + line + ": " + problem);
    this.line = line;
  }

  /** Where the text is wrong, from 1. */
  public int line() {
    return line;
  }
}
