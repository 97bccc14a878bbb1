package io.github.cachemesh.setup.docker;

import java.io.IOException;

/** The engine answered, but with a refusal. */
public final class EngineFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  EngineFailure(int status, String message) {
    super(message);
    this.status = status;
  }

  /** There is no such container, image or volume. */
  public boolean isNotFound() {
    return status == 404;
  }

  /** The name is taken, or the container is being removed. */
  public boolean isConflict() {
    return status == 409;
  }
}
