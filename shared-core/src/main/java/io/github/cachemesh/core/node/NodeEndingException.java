package io.github.cachemesh.core.node;

import java.io.IOException;

/** The node gives no lease any more because it is ending: another one is to be started. */
public final class NodeEndingException extends IOException {
  private static final long serialVersionUID = 1;

  NodeEndingException(String message) {
    super(message);
  }
}
