package io.github.cachemesh.core.store;

import java.io.IOException;

/** An entry is beyond the bounds of {@link EntryFormat}; nothing is wrong with the folder. */
public final class EntryTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  EntryTooLargeException(String message) {
    super(message);
  }
}
