package io.github.cachemesh.core.store;

import java.io.IOException;

/** Somebody else holds an {@link ExclusiveFile} for longer than was waited. */
public final class FileHeldException extends IOException {
  private static final long serialVersionUID = 1L;

  FileHeldException(String message) {
    super(message);
  }
}
