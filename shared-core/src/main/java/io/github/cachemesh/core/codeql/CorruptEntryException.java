package io.github.cachemesh.core.codeql;

import java.io.IOException;

/** A stored file is not what was once written; the message names the file. */
public final class CorruptEntryException extends IOException {
  private static final long serialVersionUID = 1L;

  CorruptEntryException(String file, String detail) {
    super("corrupt-entry: %s %s; remove it with cachemesh codeql prune".formatted(file, detail));
  }
}
